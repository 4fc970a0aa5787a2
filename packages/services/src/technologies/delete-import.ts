import { technologyImports } from '@domainflow/db/schema/technology-import.ts';
import { DomainFlowError, notFound } from '@domainflow/domain/errors.ts';
import { technologyImportIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';

export const deleteTechnologyImport = mutation({
  name: 'technologies.deleteImport',
  summary: 'Delete imported fingerprints; refused while an analysis uses them',
  rest: { method: 'DELETE', path: '/technologies/imports/{id}' },
  access: 'admin',
  input: z.object({ id: technologyImportIdSchema }),
  output: z.object({ deleted: z.literal(true) }),
  audit: ({ id }) => ({ entity: 'technology_import', entityId: id }),

  async run({ tx }, { id }) {
    const [row] = await tx
      .select({ id: technologyImports.id })
      .from(technologyImports)
      .where(eq(technologyImports.id, id))
      .for('update');
    if (row === undefined) throw notFound('technology import', id);
    const [used] = await tx.execute<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM phase_runs p JOIN campaigns c ON c.id = p.campaign_id AND c.deleted_at IS NULL
      WHERE p.phase = 'analysis' AND p.status IN ('running', 'paused') AND p.plan->'technologyImportIds' ? ${id}`);
    if ((used?.n ?? 0) > 0) {
      throw new DomainFlowError(
        'CONFLICT',
        'An analysis that uses it is under way: let it end or cancel it first.',
        {
          field: 'id',
          details: { campaigns: used?.n ?? 0 },
        },
      );
    }
    await tx.delete(technologyImports).where(eq(technologyImports.id, id));
    return { deleted: true as const };
  },
});
