import { invalidInput } from '@domainflow/domain/errors.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { parseSuppression } from './parse-suppression.ts';
import { writeSuppressions } from './write-suppressions.ts';

export const suppressionReason = z.string().trim().max(500);

export const createSuppressions = mutation({
  name: 'suppressions.create',
  summary: 'Suppress domains (with all below them), e-mail addresses, or SHA-256 hashes of them',
  rest: { method: 'POST', path: '/suppressions', status: 201 },
  access: 'member',
  input: z.object({
    /** One each: `example.com`, `jane@example.com`, 64 hexadecimal digits. */
    entries: z.array(z.string().max(320)).min(1).max(10_000),
    reason: suppressionReason.default(''),
  }),
  output: z.object({
    added: z.int(),
    /** Those that were suppressed before. */
    known: z.int(),
  }),
  // What is suppressed may be personal: the log says how many.
  audit: (_, { added }) => ({ entity: 'suppression', entityId: null, details: { added } }),

  async run({ tx, actor }, { entries, reason }) {
    const parsed = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const read = parseSuppression(entry);
      if (!read.ok)
        throw invalidInput('Not a domain, an e-mail address or a SHA-256.', `entries.${index}`, {
          reason: read.reason,
        });
      parsed.add(read.name);
    }
    const added = await writeSuppressions(
      tx,
      sql`SELECT unnest(${sql.param([...parsed])}::text[]) AS entry`,
      {
        reason,
        createdBy: actor.userId,
      },
    );
    return { added, known: parsed.size - added };
  },
});
