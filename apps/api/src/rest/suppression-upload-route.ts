import {
  suppressionUploadSchema,
  uploadSuppressions,
} from '@domainflow/services/suppressions/upload-suppressions.ts';
import { fileUploadRoute } from './file-upload-route.ts';
import type { RestRoute } from './route.ts';

/** A suppression list. */
export const suppressionUploadRoute = (): RestRoute =>
  fileUploadRoute({
    operationId: 'suppressions.upload',
    summary: 'Suppress what a text file lists: a domain, an e-mail address or a SHA-256 of one on each line',
    path: '/suppressions/upload',
    fields: { reason: { type: 'string', maxLength: 500, description: 'Before the file.' } },
    output: suppressionUploadSchema,
    errors: [],
    receive: ({ call }, actor, sent) => uploadSuppressions(call.deps.services, actor, sent),
  });
