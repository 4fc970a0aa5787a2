import { parse } from 'tldts';

export type EmailFlag = 'role' | 'free' | 'disposable' | 'own_domain';

/** Mailboxes of a task instead of a person, in the languages they are met in. */
const ROLES = new Set(
  (
    'info information contact kontakt contacto contatto contato contacts kontaktai hello hallo hola bonjour ciao hi mail email ' +
    'office buero büro bureau oficina ufficio biuro kontor post posta poczta sekretariat secretariat secretary empfang reception ' +
    'sales verkauf vertrieb ventas vendite ventes verkoop vendas sprzedaz myynti prodej eladas order orders bestellung bestellungen pedidos commande ' +
    'support service help helpdesk hilfe kundenservice kundendienst customerservice customer care sav ayuda assistenza suporte pomoc ' +
    'admin administrator administration webmaster postmaster hostmaster abuse noc security privacy datenschutz dpo gdpr dsgvo rgpd legal recht ' +
    'noreply no-reply donotreply do-not-reply newsletter news presse press media pr marketing werbung redaktion editor ' +
    'jobs job career careers karriere bewerbung bewerbungen hr recruiting personal empleo lavoro emploi recrutement ' +
    'billing accounting buchhaltung rechnung rechnungen invoice invoices finance fatture facturation facturas ' +
    'team shop store booking bookings reservation reservations reservierung reservas prenotazioni events event ' +
    'anfrage anfragen enquiries enquiry inquiry feedback general welcome zentrale verwaltung praxis kanzlei partner partners team-info'
  ).split(' '),
);

const FREE = new Set(
  (
    'gmail.com googlemail.com yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk yahoo.co.jp yahoo.com.br ymail.com ' +
    'hotmail.com hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.co.uk outlook.com outlook.de outlook.fr outlook.es live.com live.de live.nl live.fr msn.com ' +
    'aol.com aim.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de freenet.de t-online.de arcor.de online.de mail.de posteo.de mailbox.org ' +
    'proton.me protonmail.com pm.me tutanota.com tuta.io zoho.com mail.com email.com inbox.com hushmail.com fastmail.com ' +
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr neuf.fr libero.it virgilio.it tiscali.it alice.it tin.it hotmail.com.br uol.com.br bol.com.br terra.com.br ' +
    'wp.pl o2.pl onet.pl interia.pl op.pl gazeta.pl seznam.cz centrum.cz email.cz azet.sk freemail.hu citromail.hu abv.bg mail.bg ' +
    'mail.ru inbox.ru list.ru bk.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua ' +
    'qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com daum.net hanmail.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp ' +
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net ' +
    'bigpond.com optusnet.com.au rediffmail.com telenet.be skynet.be ziggo.nl kpnmail.nl planet.nl home.nl bluewin.ch hispeed.ch telia.com bredband.net'
  ).split(' '),
);

const DISPOSABLE = new Set(
  (
    'mailinator.com guerrillamail.com guerrillamail.net guerrillamail.org sharklasers.com grr.la 10minutemail.com 10minutemail.net tempmail.com temp-mail.org temp-mail.io ' +
    'yopmail.com yopmail.fr yopmail.net trashmail.com trashmail.de trashmail.net wegwerfmail.de wegwerfmail.net wegwerfemail.de throwawaymail.com getnada.com nada.email ' +
    'maildrop.cc dispostable.com fakeinbox.com mintemail.com mohmal.com moakt.com emailondeck.com mailnesia.com mytemp.email spamgourmet.com spam4.me ' +
    'mailcatch.com tempr.email discard.email discardmail.com burnermail.io tempinbox.com mailnull.com incognitomail.org jetable.org mail-temporaire.fr ' +
    'einrot.com fleckens.hu cuvox.de dayrep.com gustr.com superrito.com teleworm.us rhyta.com armyspy.com jourrapide.com byom.de muellmail.com ' +
    'spambog.com spambog.de sofort-mail.de kurzepost.de objectmail.com proxymail.eu rcpt.at trash-mail.com trbvm.com anonbox.net inboxkitten.com'
  ).split(' '),
);

/** What an address says of itself: a role's mailbox, a provider of free or throw-away ones, the site's own domain. */
export function emailFlags(address: string, siteUrl: string): EmailFlag[] {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  const registrable = parse(domain).domain ?? domain;
  const flags: EmailFlag[] = [];
  const words = local.split(/[._+-]/);
  if (ROLES.has(local) || (words.length <= 2 && words.some((word) => ROLES.has(word)))) flags.push('role');
  if (FREE.has(registrable)) flags.push('free');
  if (DISPOSABLE.has(registrable)) flags.push('disposable');
  if (registrable === parse(siteUrl).domain) flags.push('own_domain');
  return flags;
}

/**
 * The address behind a common protection that needs no script to be undone: octets in hexadecimal, each combined with
 * the first one by exclusive or. Null where the text is not one.
 */
export function unprotectedEmail(hexadecimal: string): string | null {
  if (!/^(?:[0-9a-f]{2}){6,130}$/i.test(hexadecimal)) return null;
  const octets = Uint8Array.from(hexadecimal.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const key = octets[0] ?? 0;
  return new TextDecoder().decode(octets.subarray(1).map((octet) => octet ^ key));
}
