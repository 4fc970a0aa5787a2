import { campaignWordLists, wordLists } from '@domainflow/db/schema/word-list.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { wordListIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { lockWordList } from './lock-word-list.ts';

/** So many campaigns are named in a refusal. */
const NAMED_CAMPAIGNS = 5;

export const deleteWordList = mutation({
  name: 'wordLists.delete',
  summary: 'Delete a word list; refused while a campaign may still generate from it',
  rest: { method: 'DELETE', path: '/word-lists/{id}' },
  access: 'member',
  input: z.object({ id: wordListIdSchema, version: z.int().optional() }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'word_list', entityId: id }),

  async run({ tx, actor }, { id, version }) {
    // A campaign that is being created with the list holds its row (FOR KEY SHARE): one of the two waits.
    const row = await lockWordList(tx, actor, id);
    requireVersion(row.version, version);
    const users = await tx.execute<{ name: string; n: number }>(sql`
      SELECT c.name, count(*) OVER ()::int AS n
      FROM campaign_word_lists u
      JOIN campaigns c ON c.id = u.campaign_id AND c.deleted_at IS NULL
      JOIN phase_runs p ON p.campaign_id = c.id AND p.phase = 'generation'
      WHERE u.word_list_id = ${id}::uuid AND p.status NOT IN ('completed', 'cancelled') AND c.status <> 'cancelled'
      ORDER BY c.id DESC LIMIT ${NAMED_CAMPAIGNS}`);
    const [first] = users;
    if (first !== undefined) {
      // Whose campaigns they are is not for everybody to read.
      const who = actor.role === 'admin' ? `: ${users.map(({ name }) => name).join(', ')}` : '';
      throw new DomainFlowError(
        'CONFLICT',
        `${first.n === 1 ? 'A campaign' : `${first.n} campaigns`} may still generate from this list${who}. Let it end, cancel or delete it first.`,
        { field: 'id', details: { campaigns: first.n } },
      );
    }
    await tx.delete(campaignWordLists).where(eq(campaignWordLists.wordListId, id));
    await tx.delete(wordLists).where(eq(wordLists.id, id));
    return { deleted: true as const };
  },
});
