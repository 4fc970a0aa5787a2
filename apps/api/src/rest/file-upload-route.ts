import type { ErrorCode } from '@domainflow/domain/errors.ts';
import type { Actor } from '@domainflow/services/operation/operation.ts';
import type { z } from 'zod';
import { responsesFor } from '../openapi/errors.ts';
import { outputSchema } from '../openapi/json-schema.ts';
import { fileRequestBody } from './file-body.ts';
import type { RestCall, RestRoute } from './route.ts';

interface FileUpload<O extends z.ZodType> {
  /** Entity and verb (`wordLists.upload`). */
  readonly operationId: `${string}.${string}`;
  readonly summary: string;
  readonly path: string;
  /** OpenAPI Parameter Objects of what the path names. */
  readonly parameters?: readonly object[];
  /** Fields of the form besides the file. */
  readonly fields?: Readonly<Record<string, object>>;
  readonly output: O;
  /** Errors besides those of every upload. */
  readonly errors: readonly ErrorCode[];
  /** Takes the request's body. Whoever is not signed in learns that here, from the service. */
  readonly receive: (
    call: RestCall,
    actor: Actor | null,
    sent: { readonly request: Request; readonly ipAddress: string | null },
  ) => Promise<z.output<O>>;
}

/** A route that takes one text file as a form, streamed from the socket to the database. */
export const fileUploadRoute = <O extends z.ZodType>(upload: FileUpload<O>): RestRoute => ({
  method: 'POST',
  path: upload.path,
  streamsBody: true,
  describe: () => ({
    operationId: upload.operationId,
    summary: upload.summary,
    tags: [upload.operationId.split('.')[0]],
    ...(upload.parameters === undefined ? {} : { parameters: upload.parameters }),
    requestBody: fileRequestBody(upload.fields),
    responses: {
      '201': {
        description: 'Done',
        content: { 'application/json': { schema: outputSchema(upload.output) } },
      },
      ...responsesFor([
        ...upload.errors,
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
  async handle(rest) {
    const actor = await rest.call.actor();
    const { ipAddress } = rest.call.request;
    const view = await upload.receive(rest, actor, { request: rest.request, ipAddress });
    return Response.json(view, { status: 201 });
  },
});
