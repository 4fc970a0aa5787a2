import type { PageFeatures } from './page-features.ts';
import { foldSpace, storableText } from './storable-text.ts';

/** What a page says of its organisation in machine-readable form. */
export interface OrganisationData {
  readonly name: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly profiles: readonly string[];
}

const ORGANISATION =
  /(?:Organi[sz]ation|Corporation|Business|Store|Shop|Company|Agency|Restaurant|Hotel|Clinic|Dentist|Physician|Attorney|LegalService|Bank|School|University|NGO|Brand)$/;
const MAX_DEPTH = 8;

/** Reads organisations from JSON-LD, the name also from OpenGraph. */
export function organisationData(page: PageFeatures): OrganisationData {
  const data = {
    name: null as string | null,
    emails: [] as string[],
    phones: [] as string[],
    profiles: [] as string[],
  };
  const read = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) read(item, depth + 1);
      return;
    }
    const node = value as Record<string, unknown>;
    const types = [node['@type']].flat().filter((type) => typeof type === 'string');
    if (types.some((type) => ORGANISATION.test(type))) {
      data.name ??= firstString(node['legalName']) ?? firstString(node['name']);
      data.profiles.push(...strings(node['sameAs']));
    }
    if (types.length > 0) {
      data.emails.push(...strings(node['email']));
      data.phones.push(...strings(node['telephone']));
    }
    for (const item of Object.values(node)) read(item, depth + 1);
  };
  read(page.jsonLd, 0);
  const name = data.name ?? firstString(page.meta['og:site_name']);
  return { ...data, name: name === null ? null : storableText(foldSpace(name), 200) || null };
}

const strings = (value: unknown): string[] =>
  [value].flat().filter((item): item is string => typeof item === 'string' && item.trim() !== '');

const firstString = (value: unknown): string | null => strings(value)[0] ?? null;
