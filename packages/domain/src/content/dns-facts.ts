import { DNS_PLACES } from './technology/compile-fingerprints.ts';
import type { DnsFacts } from './technology/detect-technologies.ts';
import type { DnsPlace } from './technology/fingerprint.ts';

/** Records in the evidence of the DNS phase that say something of software, by type; `{}` where it has none. */
export function dnsFacts(evidence: Readonly<Record<string, unknown>> | null): DnsFacts {
  const records = evidence?.['records'];
  if (!Array.isArray(records)) return {};
  const facts: Partial<Record<DnsPlace, string[]>> = {};
  for (const record of records) {
    const { type, data } = (record ?? {}) as { type?: unknown; data?: unknown };
    if (typeof type !== 'string' || typeof data !== 'string') continue;
    const place = DNS_PLACES.find((each) => each === type.toLowerCase());
    if (place === undefined) continue;
    const list = facts[place] ?? [];
    list.push(
      place === 'txt'
        ? unquoted(data)
        : data
            .replace(/^\d+\s+/, '')
            .replace(/\.$/, '')
            .toLowerCase(),
    );
    facts[place] = list;
  }
  return facts;
}

/** Text records are written as quoted strings, which belong together. */
const unquoted = (data: string): string =>
  data.startsWith('"') ? data.slice(1).replace(/"$/, '').replace(/"\s+"/g, '') : data;
