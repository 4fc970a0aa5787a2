import type { Database, Transaction } from '@domainflow/db/client.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { DIRECT } from '@domainflow/domain/http/proxy-pool.ts';
import type { PhaseName, PhasePlan } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { readRules } from '../../keyword-sets/read-rules.ts';
import { requirePool } from '../../proxy-pools/load-pool.ts';
import { missingRow } from '../../rows/missing-row.ts';
import { keepScoreProfile } from '../../score-profiles/keep-score-profile.ts';
import { currentImportIds } from '../../technologies/technology-sets.ts';

/** The records that a configuration may name, whatever the phase. */
const referencesSchema = z.object({
  personaId: z.string().nullish(),
  dnsPersonaId: z.string().nullish(),
  keywordSetIds: z.array(z.string()).default([]),
  scoreProfileId: z.string().nullish(),
  proxyAssignmentId: z.string().default(DIRECT),
});

/** The configurations of a campaign's phases, as far as they are configured. */
export type PhaseConfigs = Readonly<Partial<Record<PhaseName, unknown>>>;

/**
 * What a phase is to run with: its configuration, with the personas and the keyword rules that it names as they are now.
 * `campaign` has the configurations of its phases: names met on the way are looked up as its DNS phase would.
 * `INVALID_INPUT` with the field where one of them does not exist.
 */
export async function resolvePlan(
  db: Database | Transaction,
  phase: PhaseName,
  config: unknown,
  campaign: PhaseConfigs,
): Promise<PhasePlan<unknown>> {
  const definition = phaseNamed(phase);
  const references = referencesSchema.parse(config);
  await requirePool(db, references.proxyAssignmentId);
  return {
    config,
    persona:
      definition.persona === null
        ? null
        : await findPersona(db, definition.persona, references.personaId ?? null, 'personaId'),
    lookupPersona: definition.looksUpNames
      ? await findPersona(db, 'dns', references.dnsPersonaId ?? personaOfDns(campaign), 'dnsPersonaId')
      : null,
    keywordRules: definition.usesKeywordSets
      ? (await readRules(db, references.keywordSetIds)).filter((rule) => rule.active)
      : [],
    ...(phase === 'analysis'
      ? {
          technologyImportIds: await currentImportIds(db),
          scoreProfile: await keepScoreProfile(db, references.scoreProfileId ?? null),
        }
      : {}),
  };
}

function personaOfDns({ dns }: PhaseConfigs): string | null {
  const parsed = referencesSchema.safeParse(dns ?? {});
  return parsed.success ? (parsed.data.personaId ?? null) : null;
}

async function findPersona(
  db: Database | Transaction,
  kind: 'dns' | 'http',
  id: string | null,
  field: string,
): Promise<unknown> {
  const [persona] = await db
    .select({ config: personas.config })
    .from(personas)
    .where(and(eq(personas.kind, kind), id === null ? eq(personas.isDefault, true) : eq(personas.id, id)));
  if (persona !== undefined) return persona.config;
  const called = `${kind.toUpperCase()} persona`;
  if (id !== null) throw await missingRow(db, 'persona', called, id, field);
  throw invalidInput(`There is no default ${called}: name one.`, field);
}
