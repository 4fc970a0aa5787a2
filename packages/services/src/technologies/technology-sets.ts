import type { Database } from '@domainflow/db/client.ts';
import { technologyImports } from '@domainflow/db/schema/technology-import.ts';
import {
  type CompiledFingerprints,
  compilingFingerprints,
} from '@domainflow/domain/content/technology/compile-fingerprints.ts';
import { ownFingerprints } from '@domainflow/domain/content/technology/detect-technologies.ts';
import { OWN_FINGERPRINTS } from '@domainflow/domain/content/technology/own-fingerprints.ts';
import { RecentMap } from '@domainflow/domain/recent-map.ts';
import { asc, inArray } from 'drizzle-orm';
import { inSlices } from '../let-others-run.ts';

/** Combinations that a process keeps ready. */
const KEPT = 4;
const caches = new WeakMap<Database, RecentMap<Promise<CompiledFingerprints>>>();

/**
 * The platform's own fingerprints with those of the imports, ready to run; imports that are gone are left out. An import
 * never changes, so what is kept stays right.
 */
export function fingerprintsWith(db: Database, importIds: readonly string[]): Promise<CompiledFingerprints> {
  if (importIds.length === 0) return Promise.resolve(ownFingerprints());
  const cache = caches.get(db) ?? new RecentMap<Promise<CompiledFingerprints>>(KEPT);
  caches.set(db, cache);
  const key = importIds.join();
  return cache.of(key, () => {
    const made = prepare(db, importIds);
    made.catch(() => cache.forget(key));
    return made;
  });
}

async function prepare(db: Database, importIds: readonly string[]): Promise<CompiledFingerprints> {
  const rows = await db
    .select({ fingerprints: technologyImports.fingerprints })
    .from(technologyImports)
    .where(inArray(technologyImports.id, [...importIds]))
    .orderBy(asc(technologyImports.id));
  return inSlices(
    compilingFingerprints([
      { set: OWN_FINGERPRINTS, engine: 'own' },
      ...rows.map(({ fingerprints }) => ({ set: fingerprints, engine: 'linear' as const })),
    ]),
  );
}

/** The imports that there are, the oldest first. */
export async function currentImportIds(db: Pick<Database, 'select'>): Promise<string[]> {
  const rows = await db
    .select({ id: technologyImports.id })
    .from(technologyImports)
    .orderBy(asc(technologyImports.id));
  return rows.map(({ id }) => id);
}
