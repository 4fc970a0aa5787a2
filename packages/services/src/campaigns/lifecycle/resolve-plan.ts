import type { Database, Transaction } from '@domainflow/db/client.ts';
import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import type { KeywordRule } from '@domainflow/domain/keyword/keyword-rule.ts';
import type { PhaseName, PhasePlan } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';

/** The records that a configuration may name, whatever the phase. */
const referencesSchema = z.object({
  personaId: z.string().nullish(),
  keywordSetIds: z.array(z.string()).default([]),
});

/**
 * What a phase is to run with: its configuration, with the persona and the keyword rules that it names as they are now.
 * `INVALID_INPUT` with the field where one of them does not exist.
 */
export async function resolvePlan(
  db: Database | Transaction,
  phase: PhaseName,
  config: unknown,
): Promise<PhasePlan<unknown>> {
  const definition = phaseNamed(phase);
  const references = referencesSchema.parse(config);
  return {
    config,
    persona:
      definition.persona === null
        ? null
        : await findPersona(db, definition.persona, references.personaId ?? null),
    keywordRules: definition.usesKeywordSets ? await findRules(db, references.keywordSetIds) : [],
  };
}

async function findPersona(
  db: Database | Transaction,
  kind: 'dns' | 'http',
  id: string | null,
): Promise<unknown> {
  const [persona] = await db
    .select({ config: personas.config })
    .from(personas)
    .where(and(eq(personas.kind, kind), id === null ? eq(personas.isDefault, true) : eq(personas.id, id)));
  if (persona !== undefined) return persona.config;
  if (id !== null) throw invalidInput(`No ${kind.toUpperCase()} persona with id ${id}.`, 'personaId');
  throw invalidInput(`There is no default ${kind.toUpperCase()} persona: name one.`, 'personaId');
}

async function findRules(db: Database | Transaction, ids: readonly string[]): Promise<KeywordRule[]> {
  if (ids.length === 0) return [];
  const sets = await db
    .select({ id: keywordSets.id, rules: keywordSets.rules })
    .from(keywordSets)
    .where(inArray(keywordSets.id, [...ids]));
  const missing = ids.findIndex((id) => !sets.some((set) => set.id === id));
  if (missing >= 0) throw invalidInput(`No keyword set with id ${ids[missing]}.`, `keywordSetIds.${missing}`);
  return sets.flatMap((set) => set.rules).filter((rule) => rule.active);
}
