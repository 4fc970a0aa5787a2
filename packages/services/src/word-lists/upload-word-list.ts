import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { eq, sql } from 'drizzle-orm';
import { authorise } from '../operation/authorise.ts';
import type { Actor } from '../operation/operation.ts';
import { nameTaken } from '../rows/unique-name.ts';
import { type FormFile, withFormFile } from '../uploads/file-form.ts';
import type { UploadLimits } from '../uploads/limits.ts';
import { type UploadDeps, withStagedFile } from '../uploads/stage-file.ts';
import { requireAllStaged } from '../uploads/staged-names.ts';
import { uploadFilename } from '../uploads/upload-filename.ts';
import { requireWords, wordIntake, wordListFields } from './fields.ts';
import { WORD_LIST_LIMITS } from './limits.ts';
import type { WordListView } from './views.ts';
import { writeWordList } from './write-word-list.ts';

/**
 * Makes a word list of the field `file` of a form, one word a line, streamed to the database and there in whole or not
 * at all. The form's fields `name` (else the file's name) and `description` are the list's. Throws what `withFormFile`
 * and `withStagedFile` do, and `CONFLICT` where the name is taken.
 */
export async function uploadWordList(
  deps: UploadDeps,
  actor: Actor | null,
  { request, ipAddress }: { readonly request: Request; readonly ipAddress: string | null },
  limits: Partial<UploadLimits> = {},
): Promise<WordListView> {
  const member = authorise('member', actor);
  const allLimits = { ...WORD_LIST_LIMITS, ...limits };
  return withFormFile(request, allLimits.idleTimeoutMs, (file) => {
    const intake = wordIntake();
    return withStagedFile(deps, file, intake, allLimits, {
      async check() {
        // Known by now where it stands before the file: a name that is taken is said before the file is read.
        const { name } = textsOf(file);
        const [taken] = await deps.db
          .select({ id: wordLists.id })
          .from(wordLists)
          .where(eq(wordLists.name, name));
        if (taken !== undefined && file.fields.has('name')) throw nameTaken('word list', name);
      },
      commit(staged) {
        requireWords(intake, 'file');
        return deps.db.transaction(async (tx) => {
          const { name, description, filename } = textsOf(file);
          await requireAllStaged(tx, staged.stagingId, staged.staged);
          const view = await writeWordList(tx, member, {
            ...{ name, description, filename, intake },
            words: sql`SELECT name AS word, line FROM upload_names WHERE upload_id = ${staged.stagingId}::uuid`,
          });
          await tx.insert(auditLogs).values({
            ...{ userId: member.userId, ipAddress, action: 'wordLists.upload' },
            ...{ entity: 'word_list', entityId: view.wordListId },
            details: { name, filename, wordCount: view.wordCount, sizeBytes: staged.sizeBytes },
          });
          return view;
        });
      },
    });
  });
}

interface Texts {
  readonly name: string;
  readonly description: string;
  readonly filename: string;
}

function textsOf({ filename: given, fields }: FormFile): Texts {
  const filename = uploadFilename(given);
  const read = (field: 'name' | 'description', absent: string): string => {
    const parsed = wordListFields[field].safeParse(fields.get(field) ?? absent);
    if (parsed.success && !parsed.data.includes('\0')) return parsed.data;
    throw invalidInput(parsed.error?.issues[0]?.message ?? 'NUL cannot be stored.', field);
  };
  return { filename, name: read('name', filename.slice(0, -4)), description: read('description', '') };
}
