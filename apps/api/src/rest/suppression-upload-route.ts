import {
  suppressionUploadSchema,
  uploadSuppressions,
} from '@domainflow/services/suppressions/upload-suppressions.ts';
import { responsesFor } from '../openapi/errors.ts';
import { outputSchema } from '../openapi/json-schema.ts';
import { fileRequestBody } from './file-body.ts';
import type { RestCall, RestRoute } from './route.ts';

async function upload({ call, request }: RestCall): Promise<Response> {
  const actor = await call.actor();
  const { ipAddress } = call.request;
  return Response.json(await uploadSuppressions(call.deps.services, actor, { request, ipAddress }), {
    status: 201,
  });
}

/** A suppression list, streamed from the socket to the database. */
export const suppressionUploadRoute = (): RestRoute => ({
  method: 'POST',
  path: '/suppressions/upload',
  streamsBody: true,
  describe: () => ({
    operationId: 'suppressions.upload',
    summary: 'Suppress what a text file lists: a domain, an e-mail address or a SHA-256 of one on each line',
    tags: ['suppressions'],
    requestBody: fileRequestBody({
      reason: { type: 'string', maxLength: 500, description: 'Before the file.' },
    }),
    responses: {
      '201': {
        description: 'Done',
        content: { 'application/json': { schema: outputSchema(suppressionUploadSchema) } },
      },
      ...responsesFor([
        'UNAUTHENTICATED',
        'FORBIDDEN',
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
