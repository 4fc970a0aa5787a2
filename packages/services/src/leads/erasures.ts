import type { Transaction } from '@domainflow/db/client.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { leadIdSchema } from '@domainflow/domain/ids.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { writtenRow } from '../rows/written-row.ts';
import { parseSuppression } from '../suppressions/parse-suppression.ts';
import { type Erased, eraseDomain } from './erase-domains.ts';
import { eraseEmail } from './erase-email.ts';
import { findLead } from './find-lead.ts';

const erasedSchema = z.object({
  /** Rows of campaigns, leads and pages that were erased, and other records that quoted it. */
  domains: z.int(),
  leads: z.int(),
  pages: z.int(),
  records: z.int(),
  /** SHA-256 of what was erased, which is suppressed from now on. */
  hash: z.string(),
});

// Says how much was erased, never what.
const audit = (_: unknown, { hash: __, ...counts }: z.output<typeof erasedSchema>) => ({
  entity: 'erasure',
  entityId: null,
  details: counts,
});

export const eraseLead = mutation({
  name: 'leads.erase',
  summary: 'Erase a lead: all that is held of its domain, in every campaign; it does not come back',
  rest: { method: 'POST', path: '/leads/{id}/erase' },
  access: 'member',
  input: z.object({ id: leadIdSchema }),
  output: erasedSchema,
  audit,
  async run({ tx, actor }, { id }) {
    const { domain } = await findLead(tx, actor, id);
    return erase(tx, actor.userId, domain, eraseDomain);
  },
});

export const createErasure = mutation({
  name: 'erasures.create',
  summary: 'Erase a domain with all below it, or an e-mail address, everywhere; it does not come back',
  rest: { method: 'POST', path: '/erasures', status: 201 },
  access: 'admin',
  input: z.object({ domain: z.string().max(320).optional(), email: z.string().max(320).optional() }),
  output: erasedSchema,
  audit,
  async run({ tx, actor }, { domain, email }) {
    if ((domain === undefined) === (email === undefined))
      throw invalidInput('Give a domain or an email.', 'domain');
    const kind = email === undefined ? 'domain' : 'email';
    const parsed = parseSuppression(email ?? domain ?? '');
    if (!parsed.ok || !parsed.name.startsWith(`${kind}:`)) throw invalidInput(`Not a valid ${kind}.`, kind);
    const value = parsed.name.slice(kind.length + 1);
    return erase(tx, actor.userId, value, kind === 'domain' ? eraseDomain : eraseEmail);
  },
});

/** Erases first and suppresses then: a worker that reads afterwards finds neither the name nor leave to fetch it. */
async function erase(
  tx: Transaction,
  userId: string,
  value: string,
  work: (tx: Transaction, value: string) => Promise<Erased>,
): Promise<z.input<typeof erasedSchema>> {
  const erased = await work(tx, value);
  const written = await tx.execute<{ hash: string }>(sql`
    INSERT INTO suppressions (kind, digest, reason, created_by)
    VALUES ('hash', sha256(convert_to(${value}, 'UTF8')), 'Erased', ${userId}::uuid)
    ON CONFLICT (digest) DO UPDATE SET kind = 'hash', value = NULL
    RETURNING encode(digest, 'hex') AS hash`);
  return { ...erased, hash: writtenRow(written).hash };
}
