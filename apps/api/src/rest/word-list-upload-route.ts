import { uploadWordList } from '@domainflow/services/word-lists/upload-word-list.ts';
import { wordListViewSchema } from '@domainflow/services/word-lists/views.ts';
import { responsesFor } from '../openapi/errors.ts';
import { outputSchema } from '../openapi/json-schema.ts';
import { fileRequestBody } from './file-body.ts';
import type { RestCall, RestRoute } from './route.ts';

async function upload({ call, request }: RestCall): Promise<Response> {
  const actor = await call.actor();
  const { ipAddress } = call.request;
  const view = await uploadWordList(call.deps.services, actor, { request, ipAddress });
  return Response.json(view, { status: 201 });
}

/** A file of words, streamed from the socket to the database. */
export const wordListUploadRoute = (): RestRoute => ({
  method: 'POST',
  path: '/word-lists/upload',
  streamsBody: true,
  describe: () => ({
    operationId: 'wordLists.upload',
    summary: 'Create a word list from a text file, one word a line',
    tags: ['wordLists'],
    requestBody: fileRequestBody({
      name: { type: 'string', maxLength: 200, description: 'Absent: the name of the file.' },
      description: { type: 'string', maxLength: 5_000 },
    }),
    responses: {
      '201': {
        description: 'Done',
        content: { 'application/json': { schema: outputSchema(wordListViewSchema) } },
      },
      ...responsesFor([
        'UNAUTHENTICATED',
        'FORBIDDEN',
        'CONFLICT',
        'MALFORMED_REQUEST',
        'PAYLOAD_TOO_LARGE',
        'UNSUPPORTED_MEDIA_TYPE',
        'INVALID_INPUT',
        'INTERNAL',
        'UNAVAILABLE',
      ]),
    },
  }),
  handle: upload,
});
