import { notFound } from '@domainflow/domain/errors.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { uploadViewSchema } from '@domainflow/services/campaigns/views.ts';
import { uploadFromRequest } from '@domainflow/services/uploads/upload-from-request.ts';
import { responsesFor } from '../openapi/errors.ts';
import { outputSchema } from '../openapi/json-schema.ts';
import { fileRequestBody } from './file-body.ts';
import type { RestCall, RestRoute } from './route.ts';

async function upload({ call, request, pathParameters }: RestCall): Promise<Response> {
  const actor = await call.actor();
  const id = campaignIdSchema.safeParse(pathParameters.id);
  // Whoever is not signed in learns that first, from the service.
  if (actor !== null && !id.success) throw notFound('campaign', pathParameters.id ?? '');
  const { ipAddress } = call.request;
  const campaignId = id.data ?? '';
  const view = await uploadFromRequest(call.deps.services, actor, { campaignId, request, ipAddress });
  return Response.json(view, { status: 201 });
}

/** A list of names for a campaign, streamed from the socket to the database. */
export const uploadRoute = (): RestRoute => ({
  method: 'POST',
  path: '/campaigns/{id}/upload',
  streamsBody: true,
  describe: () => ({
    operationId: 'campaigns.upload',
    summary: 'Give a campaign its names as a text file, one a line',
    tags: ['campaigns'],
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    requestBody: fileRequestBody(),
    responses: {
      '201': {
        description: 'Done',
        content: { 'application/json': { schema: outputSchema(uploadViewSchema) } },
      },
      ...responsesFor([
        'UNAUTHENTICATED',
        'FORBIDDEN',
        'NOT_FOUND',
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
