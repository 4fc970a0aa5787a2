import type { CountryCode } from 'libphonenumber-js/min';
import type { Contact } from '../scoring/lead-findings.ts';
import { beginsWith } from '../unit-at.ts';
import { contactLinks } from './contact-links.ts';
import { countryHint } from './country-hint.ts';
import { emailFlags, unprotectedEmail } from './email-flags.ts';
import { findEmails, normaliseEmail } from './find-emails.ts';
import { findPhones, normalisePhone, type ReadNumbers } from './find-phones.ts';
import { decoded, linkedPhone } from './linked-phones.ts';
import { type PageFeatures, upgradeFeatures } from './page-features.ts';
import { socialProfile } from './social-profiles.ts';
import { organisationData } from './structured-data.ts';

/** Contacts of each kind that are kept of one page. */
const KEPT_PER_KIND = 50;

/**
 * Contacts that a site gives on its home page and on further pages that were read, each once with the place that is
 * surest and the page it stands on, and the organisation's name.
 */
export function extractContacts(home: PageFeatures): { contacts: Contact[]; organisation: string | null } {
  const contacts: Contact[] = [];
  /** Where each contact of a kind stands among them, by its value. */
  const places: Record<Contact['kind'], Map<string, number>> = {
    email: new Map(),
    phone: new Map(),
    social: new Map(),
    address: new Map(),
    page: new Map(),
  };
  const keep = (contact: Contact): void => {
    const { kind, value, confidence } = contact;
    const place = places[kind].get(value);
    if (place === undefined) {
      if (places[kind].size < KEPT_PER_KIND) places[kind].set(value, contacts.push(contact) - 1);
    } else if (confidence > (contacts[place] as Contact).confidence) contacts[place] = contact;
  };
  const homeCountry = countryHint(home);
  let organisation: string | null = null;
  // Pages of one site give the same numbers.
  const readOf = new Map<CountryCode | null, ReadNumbers>();
  for (const stored of [home, ...(home.furtherPages ?? [])]) {
    const page = upgradeFeatures(stored);
    const country = stored === home ? homeCountry : (countryHint(page) ?? homeCountry);
    const read: ReadNumbers = readOf.get(country) ?? new Map();
    readOf.set(country, read);
    const name = contactsOfPage(page, { country, read, siteUrl: home.finalUrl }, keep);
    organisation ??= name;
  }
  return { contacts, organisation };
}

interface SiteContext {
  readonly country: CountryCode | null;
  /** Numbers of the country that were read before. */
  readonly read: ReadNumbers;
  readonly siteUrl: string;
}

/** Tells of one page's contacts, the surer ones first; gives the organisation's name. */
function contactsOfPage(
  page: PageFeatures,
  { country, read, siteUrl }: SiteContext,
  keep: (contact: Contact) => void,
): string | null {
  const add = (
    kind: Contact['kind'],
    value: string | null,
    place: Contact['place'],
    confidence: number,
    more: Pick<Contact, 'flags' | 'network'> = {},
  ): void => {
    if (value !== null) keep({ kind, value, place, sourceUrl: page.finalUrl, confidence, ...more });
  };
  const addEmail = (address: string | null, place: Contact['place'], confidence: number): void => {
    if (address === null) return;
    const flags = emailFlags(address, siteUrl);
    const doubt = flags.includes('disposable') ? 0.3 : 0;
    add(
      'email',
      address,
      place,
      Math.round((confidence - doubt) * 100) / 100,
      flags.length === 0 ? {} : { flags },
    );
  };
  const addSocial = (link: string, place: Contact['place'], confidence: number): void => {
    const profile = socialProfile(link);
    if (profile !== null) add('social', profile.url, place, confidence, { network: profile.network });
  };
  const organisation = organisationData(page);
  const { direct, ofNetworks } = contactLinks(page.links);
  for (const link of direct) {
    if (link.startsWith('mailto:')) {
      for (const address of addressesOf(link)) addEmail(normaliseEmail(address), 'mailto', 0.95);
    } else {
      const phone = linkedPhone(link);
      if (phone !== null)
        add(
          'phone',
          normalisePhone(phone.written, country, read),
          phone.place,
          phone.place === 'tel' ? 0.95 : 0.9,
        );
    }
  }
  for (const hexadecimal of protectedEmails(page)) {
    const address = unprotectedEmail(hexadecimal);
    // The link that was protected may have had header fields.
    if (address !== null) addEmail(normaliseEmail(address.split('?', 1)[0] ?? ''), 'mailto', 0.9);
  }
  for (const email of organisation.emails)
    addEmail(normaliseEmail(email.replace(/^mailto:/i, '')), 'structured_data', 0.9);
  for (const phone of organisation.phones)
    add('phone', normalisePhone(phone, country, read), 'structured_data', 0.9);
  for (const { address, isObfuscated } of findEmails(page.text))
    addEmail(address, 'text', isObfuscated ? 0.75 : 0.85);
  for (const { number, isInternational, isLabelled, isFax } of findPhones(page.text, country, read)) {
    const confidence = (isInternational ? 0.7 : 0.5) + (isLabelled ? 0.15 : 0);
    add('phone', number, 'text', confidence, isFax ? { flags: ['fax'] } : {});
  }
  for (const link of ofNetworks) addSocial(link, 'link', 0.8);
  for (const profile of organisation.profiles) addSocial(profile, 'structured_data', 0.9);
  for (const address of organisation.addresses) add('address', address, 'structured_data', 0.9);
  for (const { url } of page.aboutLinks) add('page', url, 'link', 0.8);
  return organisation.name;
}

const PROTECTED_LINK = '/cdn-cgi/l/email-protection#';
const PROTECTED_MARK = 'data-cfemail=';

/** Addresses that a common service replaces by a link or an element with their octets. */
function protectedEmails({ links, markup }: PageFeatures): string[] {
  const found: string[] = [];
  for (const link of links) {
    const at = link.indexOf(PROTECTED_LINK);
    if (at >= 0) found.push(link.slice(at + PROTECTED_LINK.length));
  }
  for (const mark of markup)
    if (beginsWith(mark, PROTECTED_MARK)) found.push(mark.slice(PROTECTED_MARK.length));
  return found.filter((text) => /^[0-9a-f]{12,260}$/i.test(text));
}

/** Addresses of a `mailto:` link (RFC 6068), without its header fields. */
function addressesOf(link: string): string[] {
  const path = decoded(link.slice('mailto:'.length).split('?', 1)[0] ?? '');
  return path.split(',').map((address) => /<([^<>]+)>/.exec(address)?.[1] ?? address.trim());
}
