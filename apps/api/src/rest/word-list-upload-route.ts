import { uploadWordList } from '@domainflow/services/word-lists/upload-word-list.ts';
import { wordListViewSchema } from '@domainflow/services/word-lists/views.ts';
import { fileUploadRoute } from './file-upload-route.ts';
import type { RestRoute } from './route.ts';

/** A file of words. */
export const wordListUploadRoute = (): RestRoute =>
  fileUploadRoute({
    operationId: 'wordLists.upload',
    summary: 'Create a word list from a text file, one word a line',
    path: '/word-lists/upload',
    fields: {
      name: { type: 'string', maxLength: 200, description: 'Absent: the name of the file.' },
      description: { type: 'string', maxLength: 5_000 },
    },
    output: wordListViewSchema,
    errors: ['CONFLICT'],
    receive: ({ call }, actor, sent) => uploadWordList(call.deps.services, actor, sent),
  });
