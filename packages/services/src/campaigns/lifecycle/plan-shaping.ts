import type { Database, Transaction } from '@domainflow/db/client.ts';
import { domains } from '@domainflow/db/schema/domain.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { OrdinalOrder, ShapingPlan } from '@domainflow/domain/shaping/shaping-plan.ts';
import { resolveShaping, type Shaping, shapingSchema } from '@domainflow/domain/shaping/shaping-schema.ts';
import { and, eq, inArray, max } from 'drizzle-orm';
import { z } from 'zod';
import { toHex } from '../../hex.ts';
import { missingRow } from '../../rows/missing-row.ts';

const shapedSchema = z.object({ shaping: shapingSchema.nullish() });

interface ShapedPhase {
  readonly phase: PhaseName;
  /** Configurations of the phase and of its persona. */
  readonly config: unknown;
  readonly persona: unknown;
}

interface FoundShaping {
  readonly values: Shaping;
  /** Configurations of the personas that take turns with the phase's own one. */
  readonly personas: readonly unknown[];
}

/**
 * The shaping that holds for a phase, with the personas that it names as they are now; null where its traffic is not
 * shaped. `INVALID_INPUT` with the field where a persona does not exist.
 */
export async function findShaping(
  db: Database | Transaction,
  { phase, config, persona }: ShapedPhase,
): Promise<FoundShaping | null> {
  const kind = phaseNamed(phase).persona;
  if (kind === null) return null;
  const ofPhase = shapedSchema.parse(config ?? {}).shaping;
  const values = resolveShaping(ofPhase, shapedSchema.parse(persona ?? {}).shaping);
  if (values === null) return null;
  const { personaIds } = values.rotation;
  if (personaIds.length === 0) return { values, personas: [] };
  const rows = await db
    .select({ id: personas.id, config: personas.config })
    .from(personas)
    .where(and(eq(personas.kind, kind), inArray(personas.id, [...personaIds])));
  const configs = new Map<string, unknown>(rows.map((row) => [row.id, row.config]));
  const missing = personaIds.findIndex((id) => !configs.has(id));
  const missingId = personaIds[missing];
  if (missingId !== undefined) {
    const field =
      ofPhase === null || ofPhase === undefined ? 'personaId' : `shaping.rotation.personaIds.${missing}`;
    throw await missingRow(db, 'persona', `${kind.toUpperCase()} persona`, missingId, field);
  }
  return { values, personas: personaIds.map((id) => configs.get(id)) };
}

/** What a run of the phase keeps of its shaping: a new key for its order, and how many ordinals there are. */
export async function planShaping(
  tx: Transaction,
  campaignId: string,
  phase: ShapedPhase,
): Promise<ShapingPlan | null> {
  const found = await findShaping(tx, phase);
  if (found === null) return null;
  const [row] = await tx
    .select({ last: max(domains.ordinal) })
    .from(domains)
    .where(eq(domains.campaignId, campaignId));
  const size = row === undefined || row.last === null ? 0 : row.last + 1;
  const order: OrdinalOrder | null = found.values.order === 'random' ? { size, key: newKey() } : null;
  return { ...found, size, order, startedAtMs: Date.now() };
}

const newKey = (): string => toHex(crypto.getRandomValues(new Uint8Array(16)));
