import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { authorise } from '../operation/authorise.ts';
import type { Actor } from '../operation/operation.ts';
import { withFormFile } from '../uploads/file-form.ts';
import type { UploadLimits } from '../uploads/limits.ts';
import { type UploadDeps, withStagedFile } from '../uploads/stage-file.ts';
import { requireAllStaged } from '../uploads/staged-names.ts';
import { uploadFilename } from '../uploads/upload-filename.ts';
import { suppressionReason } from './create-suppressions.ts';
import { suppressionIntake } from './parse-suppression.ts';
import { writeSuppressions } from './write-suppressions.ts';

const LIMITS: UploadLimits = { maxBytes: 268_435_456, maxNames: 5_000_000, idleTimeoutMs: 60_000 };

export const suppressionUploadSchema = z.object({
  lines: z.int(),
  /** Entries that are new, and entries or repetitions that were there. */
  added: z.int(),
  known: z.int(),
  rejected: z.int(),
  rejections: z.object({
    byReason: z.record(z.string(), z.int()),
    first: z.array(z.object({ line: z.int(), text: z.string(), reason: z.string() })),
  }),
});

/**
 * Adds the field `file` of a form to what is suppressed, one entry a line, streamed to the database and there in whole or
 * not at all; `reason` is the field of that name before it. Throws what `withFormFile` and `withStagedFile` do.
 */
export async function uploadSuppressions(
  deps: UploadDeps,
  actor: Actor | null,
  { request, ipAddress }: { readonly request: Request; readonly ipAddress: string | null },
): Promise<z.output<typeof suppressionUploadSchema>> {
  const member = authorise('member', actor);
  return withFormFile(request, LIMITS.idleTimeoutMs, (file) => {
    const intake = suppressionIntake();
    return withStagedFile(deps, file, intake, LIMITS, {
      check: async () => {},
      commit: (staged) =>
        deps.db.transaction(async (tx) => {
          uploadFilename(file.filename);
          const reason = suppressionReason.safeParse(file.fields.get('reason') ?? '');
          if (!reason.success || reason.data.includes('\0')) throw invalidInput('Not a reason.', 'reason');
          if (intake.named === 0)
            throw invalidInput('The file holds nothing to suppress.', 'file', intake.rejections);
          const entries = sql`
            SELECT DISTINCT name AS entry FROM upload_names WHERE upload_id = ${staged.stagingId}::uuid`;
          await requireAllStaged(tx, staged.stagingId, staged.staged);
          const added = await writeSuppressions(tx, entries, {
            reason: reason.data,
            createdBy: member.userId,
          });
          const { lines, named, rejected, rejections } = intake;
          await tx.insert(auditLogs).values({
            ...{ userId: member.userId, ipAddress, action: 'suppressions.upload' },
            ...{ entity: 'suppression', entityId: null, details: { added, rejected, lines } },
          });
          return { lines, added, known: named - added, rejected, rejections };
        }),
    });
  });
}
