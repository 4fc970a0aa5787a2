import type { Contact } from '../scoring/lead-findings.ts';
import { countryHint } from './country-hint.ts';
import { findEmails, normaliseEmail } from './find-emails.ts';
import { findPhones, normalisePhone } from './find-phones.ts';
import type { PageFeatures } from './page-features.ts';
import { socialProfile } from './social-profiles.ts';
import { organisationData } from './structured-data.ts';

/** Contacts of each kind that are kept of one page. */
const KEPT_PER_KIND = 50;

/** Contacts that a page gives, each once with the place that is surest, and the organisation's name. */
export function extractContacts(page: PageFeatures): { contacts: Contact[]; organisation: string | null } {
  const contacts = new Map<string, Contact>();
  const counts = { email: 0, phone: 0, social: 0 };
  const add = (
    kind: Contact['kind'],
    value: string | null,
    place: Contact['place'],
    confidence: number,
  ): void => {
    const key = `${kind} ${value}`;
    if (value === null || contacts.has(key) || counts[kind] >= KEPT_PER_KIND) return;
    counts[kind]++;
    contacts.set(key, { kind, value, place, sourceUrl: page.finalUrl, confidence });
  };
  const country = countryHint(page);
  const organisation = organisationData(page);

  for (const link of page.links) {
    if (link.startsWith('mailto:')) {
      for (const address of addressesOf(link)) add('email', normaliseEmail(address), 'mailto', 0.95);
    } else if (link.startsWith('tel:')) {
      add('phone', normalisePhone(decoded(link.slice(4)).split(';')[0] ?? '', country), 'tel', 0.95);
    }
  }
  for (const email of organisation.emails)
    add('email', normaliseEmail(email.replace(/^mailto:/i, '')), 'structured_data', 0.9);
  for (const phone of organisation.phones)
    add('phone', normalisePhone(phone, country), 'structured_data', 0.9);
  for (const { address, isObfuscated } of findEmails(page.text))
    add('email', address, 'text', isObfuscated ? 0.75 : 0.85);
  for (const { number, isInternational, isLabelled } of findPhones(page.text, country)) {
    add('phone', number, 'text', (isInternational ? 0.7 : 0.5) + (isLabelled ? 0.15 : 0));
  }
  for (const link of page.links) add('social', socialProfile(link), 'link', 0.8);
  for (const profile of organisation.profiles) add('social', socialProfile(profile), 'structured_data', 0.9);
  return { contacts: [...contacts.values()], organisation: organisation.name };
}

/** Addresses of a `mailto:` link (RFC 6068), without its header fields. */
function addressesOf(link: string): string[] {
  const path = decoded(link.slice('mailto:'.length).split('?', 1)[0] ?? '');
  return path.split(',').map((address) => /<([^<>]+)>/.exec(address)?.[1] ?? address.trim());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
