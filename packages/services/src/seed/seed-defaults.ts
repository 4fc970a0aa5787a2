import type { Database, Transaction } from '@domainflow/db/client.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { DEFAULT_SCORE_PROFILE } from '@domainflow/domain/scoring/score-profile.ts';
import { and, eq, sql } from 'drizzle-orm';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { STARTER_SET, starterRules } from '../keyword-sets/starter-rules.ts';
import { type PersonaKind, parsePersonaConfig } from '../personas/config-schemas.ts';

const SEED_ACTION = 'platform.seed';

/** What the personas for the lab are called; `config` of the DNS one follows the lab's address. */
export const LAB_PERSONA_NAME = 'Lab';

export interface SeedOptions {
  /** Where the lab answers DNS queries, if it runs. */
  readonly labDns?: { readonly host: string; readonly port: number };
}

/**
 * Makes what a new installation starts with: a default persona of each kind, a default score profile, and a keyword set
 * (once: it stays deleted). With the lab there are two personas for it, the DNS one with the lab's present address.
 * Called at each start; any number of processes may.
 */
export async function seedDefaults(db: Database, { labDns }: SeedOptions = {}): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.seed})`);
    await ensureDefault(tx, 'dns', {
      name: 'System resolvers',
      description: 'Asks the resolvers that this machine is configured with.',
    });
    await ensureDefault(tx, 'http', {
      name: 'Standard',
      description: 'Says who it is, waits ten seconds, follows five redirects.',
    });
    if (labDns !== undefined) {
      const host = labDns.host.includes(':') ? `[${labDns.host}]` : labDns.host;
      await keepLabPersona(tx, 'dns', 'Asks the simulated internet on this machine.', {
        resolvers: [`${host}:${labDns.port}`],
        timeoutMs: 1_000,
        attempts: 3,
      });
      await keepLabPersona(tx, 'http', 'Timeouts for the simulated internet on this machine.', {
        // Lab, worker and database may share a busy machine: few sites at once, so that none is late for that reason.
        timeoutMs: 5_000,
        concurrency: 24,
      });
    }
    await seedKeywordSet(tx);
    await ensureScoreProfile(tx);
  });
}

async function ensureDefault(
  tx: Transaction,
  kind: PersonaKind,
  { name, description }: { name: string; description: string },
): Promise<void> {
  const [present] = await tx
    .select({ id: personas.id })
    .from(personas)
    .where(and(eq(personas.kind, kind), eq(personas.isDefault, true)));
  if (present !== undefined) return;
  await tx
    .insert(personas)
    .values({ kind, name, description, config: parsePersonaConfig(kind, {}), isDefault: true })
    .onConflictDoUpdate({ target: [personas.kind, personas.name], set: { isDefault: true } });
}

async function ensureScoreProfile(tx: Transaction): Promise<void> {
  const [present] = await tx
    .select({ id: scoreProfiles.id })
    .from(scoreProfiles)
    .where(eq(scoreProfiles.isDefault, true));
  if (present !== undefined) return;
  await tx
    .insert(scoreProfiles)
    .values({
      name: 'Standard',
      description: 'Keywords first, then contacts and what the page says of itself.',
      weights: DEFAULT_SCORE_PROFILE,
      isDefault: true,
    })
    .onConflictDoUpdate({ target: scoreProfiles.name, set: { isDefault: true } });
}

/** `fixed` is set again at each start; what people changed besides it stays. A persona of theirs is left alone. */
async function keepLabPersona(
  tx: Transaction,
  kind: PersonaKind,
  description: string,
  fixed: Record<string, unknown>,
): Promise<void> {
  const config = parsePersonaConfig(kind, fixed);
  await tx
    .insert(personas)
    .values({ kind, name: LAB_PERSONA_NAME, description, config })
    .onConflictDoNothing({ target: [personas.kind, personas.name] });
  if (!('resolvers' in fixed)) return;
  const address = JSON.stringify({ resolvers: config.resolvers });
  await tx
    .update(personas)
    .set({
      config: sql`${personas.config} || ${address}::jsonb`,
      version: sql`${personas.version} + 1`,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(personas.kind, kind),
        eq(personas.name, LAB_PERSONA_NAME),
        sql`${personas.createdBy} IS NULL`,
        sql`${personas.config}->'resolvers' <> ${address}::jsonb->'resolvers'`,
      ),
    );
}

async function seedKeywordSet(tx: Transaction): Promise<void> {
  const [before] = await tx
    .select({ id: auditLogs.id })
    .from(auditLogs)
    .where(and(eq(auditLogs.entity, 'keyword_set'), eq(auditLogs.action, SEED_ACTION)));
  if (before !== undefined) return;
  const [row] = await tx
    .insert(keywordSets)
    .values({ ...STARTER_SET, rules: [...starterRules] })
    .onConflictDoNothing({ target: keywordSets.name })
    .returning({ id: keywordSets.id });
  await tx
    .insert(auditLogs)
    .values({ action: SEED_ACTION, entity: 'keyword_set', entityId: row?.id ?? null, details: STARTER_SET });
}
