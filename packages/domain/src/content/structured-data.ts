import type { PageFeatures } from './page-features.ts';
import { foldSpace, storableText } from './storable-text.ts';

/** What a page says of its organisation in machine-readable form. */
export interface OrganisationData {
  readonly name: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly profiles: readonly string[];
  /** Postal addresses, each in one line. */
  readonly addresses: readonly string[];
}

/** Endings of schema.org's types of organisations and of places that are one. */
const ORGANISATION =
  /(?:Organi[sz]ation|Corporation|Business|Store|Shop|Company|Agency|Agent|Restaurant|Establishment|Cafe|Pub|Bakery|Brewery|Winery|Distillery|Hotel|Motel|Hostel|Resort|Breakfast|Campground|Clinic|Hospital|Dentist|Physician|Medical|Optician|Pharmacy|Spa|Salon|Gym|Club|Attorney|Notary|Service|Bank|School|University|College|Library|Museum|Contractor|Electrician|Plumber|Locksmith|Painter|Florist|Laundry|Dealer|Repair|Rental|Wash|Station|Parlor|Care|Practice|Laboratory|Shelter|Office|Church|Theater|Project|Team|NGO)$/;
/** Those that others than the page's own stand under. */
const OF_OTHERS = new Set(
  'brand manufacturer sponsor funder memberOf affiliation alumniOf creator contributor review author reviewedBy itemReviewed subjectOf mentions citation'.split(
    ' ',
  ),
);
const MAX_DEPTH = 8;

/** Whether that is one of schema.org's types of organisations. */
export const isOrganisation = (type: unknown): boolean => typeof type === 'string' && ORGANISATION.test(type);

/** Reads organisations from JSON-LD and microdata, the name also from OpenGraph. */
export function organisationData(page: PageFeatures): OrganisationData {
  const data = {
    name: null as string | null,
    emails: [] as string[],
    phones: [] as string[],
    profiles: [] as string[],
    addresses: [] as string[],
  };
  const read = (value: unknown, depth: number, key = ''): void => {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) read(item, depth + 1, key);
      return;
    }
    const node = value as Record<string, unknown>;
    const types = [node['@type']].flat().filter((type) => typeof type === 'string');
    if (types.some(isOrganisation)) {
      data.name ??= firstString(node['legalName']) ?? firstString(node['name']);
      data.profiles.push(...strings(node['sameAs']));
      data.addresses.push(...[node['address'], node['location']].flat().flatMap(addressLine));
    }
    // Points of contact are often left without a type.
    if (types.length > 0 || key === 'contactPoint') {
      data.emails.push(...strings(node['email']));
      data.phones.push(...strings(node['telephone']));
    }
    for (const [name, item] of Object.entries(node)) if (!OF_OTHERS.has(name)) read(item, depth + 1, name);
  };
  read(page.jsonLd, 0);
  const name = data.name ?? firstString(page.meta['og:site_name']);
  return { ...data, name: name === null ? null : storableText(foldSpace(name), 200) || null };
}

/** A postal address as a line: street, postal code and town, region, country. */
function addressLine(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 8 && value.length < 300 ? [foldSpace(value)] : [];
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  if (node['address'] !== undefined && node['streetAddress'] === undefined)
    return addressLine(node['address']);
  const of = (name: string): string => firstString(node[name]) ?? '';
  const country = node['addressCountry'];
  const countryName =
    typeof country === 'object' && country !== null
      ? (firstString((country as Record<string, unknown>)['name']) ?? '')
      : of('addressCountry');
  const town = `${of('postalCode')} ${of('addressLocality')}`;
  const parts = [of('streetAddress'), town, of('addressRegion'), countryName].map(foldSpace).filter(Boolean);
  return parts.length < 2 ? [] : [storableText(parts.join(', '), 300)];
}

const strings = (value: unknown): string[] =>
  [value].flat().filter((item): item is string => typeof item === 'string' && item.trim() !== '');

const firstString = (value: unknown): string | null => strings(value)[0] ?? null;
