import { describe, expect, it } from 'vitest';
import { extractContacts } from './extract-contacts.ts';
import { findEmails } from './find-emails.ts';
import type { PageFeatures } from './page-features.ts';
import { pageFixture } from './page-fixture.ts';
import { socialProfile } from './social-profiles.ts';

const emails = (text: string): string[] => findEmails(text).map(({ address }) => address);
const phones = (features: Partial<PageFeatures>): string[] =>
  extractContacts(pageFixture(features))
    .contacts.filter(({ kind }) => kind === 'phone')
    .map(({ value }) => value);

describe('mail addresses', () => {
  it.each([
    ['Write to Info@Firma.DE.', 'info@firma.de'],
    ['(sales@shop.co.uk)', 'sales@shop.co.uk'],
    ['first.last+tag@sub.domain.com,', 'first.last+tag@sub.domain.com'],
    ['info [at] firma [dot] de', 'info@firma.de'],
    ['info(at)firma.de', 'info@firma.de'],
    ['info (@) firma (punkt) de', 'info@firma.de'],
    ['first [dot] last {at} firma {dot} co {dot} uk', 'first.last@firma.co.uk'],
    ['info AT firma DOT com', 'info@firma.com'],
    ['contact[arroba]empresa.es', 'contact@empresa.es'],
    ['contact [arobase] atelier [point] fr', 'contact@atelier.fr'],
    ['info -at- firma -punkt- de', 'info@firma.de'],
    ['info @ firma.de', 'info@firma.de'],
    ['info@firma[.]de', 'info@firma.de'],
    ['info＠firma.co.jp', 'info@firma.co.jp'],
    ['ｉｎｆｏ＠ｆｉｒｍａ．ｊｐ', 'info@firma.jp'],
    ['info[アットマーク]firma.jp', 'info@firma.jp'],
    ['info@firma.deTelefon 1', 'info@firma.de'],
    ['info@firma.de.Write to us', 'info@firma.de'],
    ['info@Firma.co.UK', 'info@firma.co.uk'],
    ['info@müller.de', 'info@xn--mller-kva.de'],
    ['info (at) müller.de', 'info@xn--mller-kva.de'],
    ['メールinfo@firma.jp', 'info@firma.jp'],
  ])('%s', (text, address) => {
    expect(emails(text)).toEqual([address]);
  });

  it.each([
    'logo@2x.png',
    'icon@3x.webp 2x',
    'app@1.2.3.min.js',
    'user@localhost',
    'someone@host.invalidtld',
    'user@co.uk',
    'name@example.com',
    'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6@o1.ingest.sentry.io',
    '@twitter and me@',
    'looking at domains dot points',
    'meet me (at) noon',
    'x@-bad-.de-',
    'follow us @acme.com or news@ home.com',
    'state-of-the-art-at-home.com',
    'büro@firma.de',
    'git@github.com:acme/tool.git',
    'name@domain.com, you@your-company.com, max@mustermann.de',
    'vorname.nachname@firma.de, etunimi.sukunimi@firma.fi, firstname.lastname@firma.com',
    'a@b..de',
  ])('%s is none', (text) => {
    expect(emails(text)).toEqual([]);
  });

  it('are found once, with the surest place', () => {
    const page = pageFixture({
      text: 'a@firma.de or a [at] firma [dot] de',
      links: ['mailto:A%40firma.de?subject=x,b@firma.de'],
    });
    expect(extractContacts(page).contacts).toMatchObject([
      { value: 'a@firma.de', place: 'mailto', confidence: 0.95 },
    ]);
  });

  it('cost no more on a page made of at signs', () => {
    const startedMs = performance.now();
    emails('a@'.repeat(32_000));
    emails('[at]'.repeat(16_000));
    emails(`${'a.'.repeat(32_000)}@`);
    expect(performance.now() - startedMs).toBeLessThan(250);
  });
});

describe('telephone numbers', () => {
  it.each([
    ['by the region of the language', { text: 'Telefon: 030-345 6789', language: 'de-DE' }, '+49303456789'],
    [
      'by the country of the TLD',
      { text: 'Call (020) 7946 0123', finalUrl: 'https://a.co.uk/' },
      '+442079460123',
    ],
    [
      'by an address',
      { text: '01 42 68 53 00', jsonLd: [{ address: { addressCountry: 'FR' } }] },
      '+33142685300',
    ],
    ['by the language alone', { text: 'tel 91 411 12 34', language: 'es' }, '+34914111234'],
    ['in international form', { text: 'x +49 (0)30 345-6789 y' }, '+49303456789'],
    ['with 00', { text: 'Tel. 0049 30 3456789' }, '+49303456789'],
    ['in a link', { links: ['tel:+1-212-736-5000;ext=3'] }, '+12127365000'],
    [
      'in Arabic digits',
      { text: 'هاتف: ٠٤ ٢٣٤ ٥٦٧٨', language: 'ar', finalUrl: 'https://a.ae/' },
      '+97142345678',
    ],
    ['with full-width dashes', { text: '０３−５３２１−１１１１', language: 'ja' }, '+81353211111'],
    [
      'of four digits, a dash and four',
      { text: 'WA 0812-3456-7890', finalUrl: 'https://a.co.id/' },
      '+6281234567890',
    ],
    ['with dots, without a label', { text: 'Lyon 04.78.12.34.56', language: 'fr-FR' }, '+33478123456'],
    ['with dots in America', { text: 'or 713.224.5556', language: 'en-US' }, '+17132245556'],
    ['behind a word that ends as a label', { text: 'Madrid 912 345 678', language: 'es' }, '+34912345678'],
    ['behind a word that begins as one', { text: 'Taxi 0461 987654', language: 'de' }, '+49461987654'],
    ['in bare digits with a label', { text: '手机：13812345678', language: 'zh-CN' }, '+8613812345678'],
    ['with the old prefix of Mexican mobiles', { text: '+52 1 55 1234 5679' }, '+525512345679'],
    ['of a service', { text: '1300 123 456', finalUrl: 'https://a.com.au/' }, '+611300123456'],
    ['in full-width digits', { text: '電話：０３-５３２１-１１１１', language: 'ja' }, '+81353211111'],
    ['that touches its label', { text: '銀座店 携帯090-1234-5678', language: 'ja' }, '+819012345678'],
    ['that touches a Latin label', { text: '東京 TEL03-5321-1111', language: 'ja' }, '+81353211111'],
    ['that the next element touches', { text: 'Tel 0221 999 88 77Mail', language: 'de' }, '+492219998877'],
    ['with hours behind it', { text: '0221 9998877 (9-18 Uhr)', language: 'de' }, '+492219998877'],
    ['with its price', { text: 'Tél : 0 825 123 456 (0,15 € / min)', language: 'fr' }, '+33825123456'],
    ['behind an extension', { text: 'ext. 105 512-478-1234', language: 'en-US' }, '+15124781234'],
    [
      'of a country whose domain is used by others',
      { text: 'PBX: (601) 345 6789', language: 'es', finalUrl: 'https://www.acme.com.co/' },
      '+576013456789',
    ],
  ])('%s', (_, features, number) => {
    expect(phones(features)).toEqual([number]);
  });

  it.each([
    'Founded 2019-2024, since 12.03.2021',
    'Order 3034567890123',
    'Total 1.234.567,00 and 12,345,678',
    '52.520008, 13.404954',
    'IP 192.168.100.200',
    'v1.22.333.4444',
    'ISBN 978-3-16-148410-0x',
    '9:00-17:00 10:00-18:00',
    'Sa 09.00-12.30 Uhr',
    'IBAN DE89 3704 0044 0532 0130 00, NL91 ABNA 0417 1643 00',
    'Order 112-7654321-1234567, VAT No. 0461 987654',
    'RUT 76.123.456-7, NIT: 0461 987654',
  ])('%s holds none', (text) => {
    expect(phones({ text, language: 'de-DE' })).toEqual([]);
  });
});

it('numbers side by side are told apart, those of a list are what the first is, and a fax says so', () => {
  const found = (text: string): unknown =>
    extractContacts(pageFixture({ text, language: 'de-DE' })).contacts.map(({ value, flags }) =>
      flags === undefined ? value : [value, ...flags],
    );
  expect(found('0461 987654 / 0461 987655')).toEqual(['+49461987654', '+49461987655']);
  expect(found('0461-987654 0461-987655')).toEqual(['+49461987654', '+49461987655']);
  expect(found('Tel. 040 / 123 45 67')).toEqual(['+49401234567']);
  expect(found('Mobil: 1712345678 oder 1712345679')).toEqual(['+491712345678', '+491712345679']);
  expect(found('Telefax: 0461 987699')).toEqual([['+49461987699', 'fax']]);
});

it.each([
  ['tel://+442079460959', '+442079460959'],
  ['callto:+4930123456', '+4930123456'],
  ['sms:+33612345678?body=Hi', '+33612345678'],
  ['skype:+390612345678?call', '+390612345678'],
  ['https://wa.me/4915112345678?text=Hi', '+4915112345678'],
  ['https://api.whatsapp.com/send?text=a&phone=5511987654321', '+5511987654321'],
  ['whatsapp://send?phone=%2B491711234567', '+491711234567'],
  ['tel:112', undefined],
  ['https://wa.me/message/ABCDEFGH1', undefined],
  ['https://api.whatsapp.com/send?text=0301234567', undefined],
])('the number of %s', (link, number) => {
  expect(phones({ links: [link] })[0]).toBe(number);
});

describe('social profiles', () => {
  it.each([
    ['https://www.linkedin.com/company/acme/?trk=x', 'https://www.linkedin.com/company/acme'],
    ['https://facebook.com/acme#top', 'https://facebook.com/acme'],
    ['https://x.com/acme', 'https://x.com/acme'],
    ['https://www.youtube.com/@acme', 'https://www.youtube.com/@acme'],
    ['https://www.facebook.com/sharer/sharer.php?u=1', null],
    ['https://x.com/intent/tweet?text=1', null],
    ['https://twitter.com/share', null],
    ['https://www.instagram.com/p/abc/', null],
    ['https://notfacebook.com/acme', null],
    ['https://facebook.com/', null],
    ['https://www.instagram.com/aboutyou', 'https://www.instagram.com/aboutyou'],
    ['https://twitter.com/homedepot', 'https://twitter.com/homedepot'],
    ['https://www.facebook.com/watchesandmore', 'https://www.facebook.com/watchesandmore'],
    [
      'https://www.facebook.com/profile.php?id=1000123&sk=about',
      'https://www.facebook.com/profile.php?id=1000123',
    ],
    ['https://www.facebook.com/p/Acme-1000123/', 'https://www.facebook.com/p/Acme-1000123'],
    ['https://m.facebook.com/acme/about', 'https://www.facebook.com/acme'],
    ['https://de.linkedin.com/company/acme/about/', 'https://www.linkedin.com/company/acme'],
    ['https://www.facebook.com/acme/posts/123', null],
    ['https://www.facebook.com/photo.php?fbid=1', null],
    ['https://www.facebook.com/groups/123', null],
    ['https://x.com/acme/status/1', null],
    ['https://www.tiktok.com/@acme/video/1', null],
    ['https://github.com/acme/tool/issues/3', null],
    ['https://t.me/joinchat/AAAA', null],
    ['https://wa.me/?text=Look', null],
    ['https://bsky.app/intent/compose?text=x', null],
  ])('%s', (link, profile) => {
    expect(socialProfile(link)?.url ?? null).toBe(profile);
  });
});

describe('organisation', () => {
  it.each([
    ['a trade', [{ '@type': 'Electrician', name: 'Watt GmbH' }], 'Watt GmbH'],
    ['a trade among others', [{ '@type': ['HairSalon', 'Place'], name: 'Salon Petra' }], 'Salon Petra'],
    ['a brand that is sold', [{ '@type': 'Product', brand: { '@type': 'Brand', name: 'Bosch' } }], null],
    [
      'who makes what is sold',
      [{ '@type': 'Product', manufacturer: { '@type': 'Organization', name: 'Bosch' } }],
      null,
    ],
    [
      'who wrote a review',
      [{ '@type': 'Product', review: { author: { '@type': 'Organization', name: 'A' } } }],
      null,
    ],
  ])('of %s', (_, jsonLd, name) => {
    expect(extractContacts(pageFixture({ jsonLd })).organisation).toBe(name);
  });

  it('comes from structured data, else from OpenGraph', () => {
    const jsonLd = [
      {
        '@graph': [
          {
            '@type': ['LocalBusiness'],
            name: ' Acme  GmbH ',
            telephone: '+49 30 3456789',
            email: 'mailto:x@acme.de',
            sameAs: 'https://x.com/acme',
          },
        ],
      },
    ];
    const page = pageFixture({ jsonLd, meta: { 'og:site_name': 'Other' } });
    const { organisation, contacts } = extractContacts(page);
    expect(organisation).toBe('Acme GmbH');
    expect(contacts.map(({ value }) => value)).toEqual(['x@acme.de', '+49303456789', 'https://x.com/acme']);
    expect(extractContacts(pageFixture({ meta: { 'og:site_name': 'Other' } })).organisation).toBe('Other');
    expect(extractContacts(pageFixture()).organisation).toBeNull();
  });
});

describe('contacts of a site', () => {
  const contactsOf = (features: Partial<PageFeatures>) => extractContacts(pageFixture(features)).contacts;

  it.each([
    ['info@firma.de', ['role']],
    ['anna.meier@firma.de', []],
    ['praxis.schmidt@gmx.de', ['role', 'free']],
    ['x7@mailinator.com', ['disposable']],
    ['info@mail.shop.org', ['role', 'own_domain']],
  ])('%s is %j', (address, flags) => {
    const [contact] = contactsOf({ links: [`mailto:${address}`], finalUrl: 'https://www.shop.org/' });
    expect(contact).toMatchObject({ kind: 'email', value: address });
    expect(contact?.flags ?? []).toEqual(flags);
    expect((contact?.confidence ?? 0) < 0.9).toBe(flags.includes('disposable'));
  });

  it('are read from further pages too, each with its page, the surest place first', () => {
    const contact = pageFixture({
      finalUrl: 'https://shop.example/kontakt',
      text: 'Tel. 030 3456789',
      links: ['mailto:info@shop-firma.de'],
      language: 'de',
    });
    const contacts = contactsOf({
      text: 'Mail: info@shop-firma.de',
      language: 'de',
      aboutLinks: [{ kind: 'contact', url: 'https://shop.example/kontakt' }],
      furtherPages: [contact],
    });
    expect(contacts).toMatchObject([
      {
        kind: 'email',
        value: 'info@shop-firma.de',
        place: 'mailto',
        sourceUrl: 'https://shop.example/kontakt',
      },
      { kind: 'page', value: 'https://shop.example/kontakt', sourceUrl: 'https://shop.example/' },
      { kind: 'phone', value: '+49303456789', sourceUrl: 'https://shop.example/kontakt' },
    ]);
  });

  it('undo protections that need no script', () => {
    const address = 'sales@firma.de';
    const hexadecimal = [0x2a, ...new TextEncoder().encode(address).map((octet) => octet ^ 0x2a)]
      .map((octet) => octet.toString(16).padStart(2, '0'))
      .join('');
    for (const features of [
      { links: [`https://shop.example/cdn-cgi/l/email-protection#${hexadecimal}`] },
      { markup: [`data-cfemail=${hexadecimal}`] },
    ])
      expect(contactsOf(features)).toMatchObject([{ kind: 'email', value: address }]);
    expect(contactsOf({ markup: ['data-cfemail=zz', 'data-cfemail=00000000000000'] })).toEqual([]);
  });

  it('are read of further pages of a site whose home page names its organisation too', () => {
    const { contacts, organisation } = extractContacts(
      pageFixture({
        jsonLd: [{ '@type': 'Organization', name: 'Korn' }],
        furtherPages: [
          pageFixture({
            finalUrl: 'https://shop.example/contact',
            text: 'Tel. +49 30 3456789 or +49-30-3456789',
          }),
        ],
      }),
    );
    expect(organisation).toBe('Korn');
    expect(contacts).toMatchObject([{ value: '+49303456789', sourceUrl: 'https://shop.example/contact' }]);
  });

  it('hold postal addresses and points of contact of organisations', () => {
    const jsonLd = [
      {
        '@type': 'LocalBusiness',
        name: 'Bäckerei Korn',
        address: {
          streetAddress: 'Lindenstr. 4',
          postalCode: '10969',
          addressLocality: 'Berlin',
          addressCountry: 'DE',
        },
        contactPoint: { telephone: '030 3456789' },
        sameAs: ['https://www.linkedin.com/company/korn', 'https://www.facebook.com/sharer.php?u=x'],
      },
    ];
    expect(contactsOf({ jsonLd })).toMatchObject([
      { kind: 'phone', value: '+49303456789', place: 'structured_data' },
      { kind: 'social', value: 'https://www.linkedin.com/company/korn', network: 'linkedin' },
      { kind: 'address', value: 'Lindenstr. 4, 10969 Berlin, DE' },
    ]);
  });
});
