import { notFound } from '@domainflow/domain/errors.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { uploadViewSchema } from '@domainflow/services/campaigns/views.ts';
import { uploadFromRequest } from '@domainflow/services/uploads/upload-from-request.ts';
import { fileUploadRoute } from './file-upload-route.ts';
import type { RestRoute } from './route.ts';

/** A list of names for a campaign. */
export const uploadRoute = (): RestRoute =>
  fileUploadRoute({
    operationId: 'campaigns.upload',
    summary: 'Give a campaign its names as a text file, one a line',
    path: '/campaigns/{id}/upload',
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    output: uploadViewSchema,
    errors: ['NOT_FOUND', 'CONFLICT'],
    async receive({ call, pathParameters }, actor, sent) {
      const id = campaignIdSchema.safeParse(pathParameters.id);
      if (actor !== null && !id.success) throw notFound('campaign', pathParameters.id ?? '');
      return uploadFromRequest(call.deps.services, actor, { campaignId: id.data ?? '', ...sent });
    },
  });
