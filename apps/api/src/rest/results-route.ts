import { notFound } from '@domainflow/domain/errors.ts';
import { authorise } from '@domainflow/services/authorise.ts';
import { exportInput } from '@domainflow/services/campaigns/export/export-results.ts';
import { validateInput } from '@domainflow/services/validate-input.ts';
import { responsesFor } from '../openapi/errors.ts';
import { inputSchema } from '../openapi/json-schema.ts';
import { coerceParameters } from './coerce-query.ts';
import type { RestCall, RestRoute } from './route.ts';

async function results({ call, request, pathParameters }: RestCall): Promise<Response> {
  const actor = await call.actor();
  authorise('member', actor);
  if (actor === null) throw notFound('campaign', pathParameters.id ?? '');
  const query = [...new URL(request.url).searchParams];
  const input = validateInput(exportInput, {
    ...coerceParameters(exportInput, query),
    ...pathParameters,
  });
  const file = await call.deps.exportResults(actor, input, call.request.ipAddress);
  return new Response(file.body, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.filename}"`,
    },
  });
}

/** Every field of the export's input but the campaign, as query parameters. */
function describeParameters(): object[] {
  const schema = inputSchema(exportInput);
  const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
  const query = Object.entries(properties)
    .filter(([name]) => name !== 'id')
    .map(([name, field]) => ({
      ...{ name, in: 'query', required: false, schema: field },
      ...(field.type === 'array' ? { style: 'form', explode: false } : {}),
    }));
  return [{ name: 'id', in: 'path', required: true, schema: properties.id ?? { type: 'string' } }, ...query];
}

/** The results of a campaign as a file, streamed from the database as fast as the client takes it. */
export const resultsRoute = (): RestRoute => ({
  method: 'GET',
  path: '/campaigns/{id}/results',
  describe: () => ({
    operationId: 'campaigns.results',
    summary: 'Results as a CSV, JSON or NDJSON file',
    description:
      'Takes the filters of the list of domains. CSV cells that a spreadsheet would run are neutralised.',
    tags: ['campaigns'],
    parameters: describeParameters(),
    responses: {
      '200': {
        description: 'The file',
        content: {
          'text/csv': { schema: { type: 'string' } },
          'application/json': { schema: { type: 'array', items: { type: 'object' } } },
          'application/x-ndjson': { schema: { type: 'string' } },
        },
      },
      ...responsesFor([
        'UNAUTHENTICATED',
        'PASSWORD_CHANGE_REQUIRED',
        'NOT_FOUND',
        'INVALID_INPUT',
        'INTERNAL',
        'UNAVAILABLE',
      ]),
    },
  }),
  handle: results,
});
