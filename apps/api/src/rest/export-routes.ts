import type { ErrorCode } from '@domainflow/domain/errors.ts';
import type { ExportFile } from '@domainflow/services/campaigns/export/export-file.ts';
import { exportInput } from '@domainflow/services/campaigns/export/export-results.ts';
import { XLSX_CONTENT_TYPE } from '@domainflow/services/campaigns/export/xlsx-writer.ts';
import { leadExportInput } from '@domainflow/services/leads/export-leads.ts';
import { authorise } from '@domainflow/services/operation/authorise.ts';
import { validateInput } from '@domainflow/services/operation/validate-input.ts';
import { responsesFor } from '../openapi/errors.ts';
import { inputSchema } from '../openapi/json-schema.ts';
import { coerceParameters } from './coerce-query.ts';
import { readBody, refuseUnknownFields } from './read-input.ts';
import type { RestCall, RestRoute } from './route.ts';

async function sendResults({ call, request, pathParameters }: RestCall): Promise<Response> {
  const actor = authorise('member', await call.actor());
  const query = [...new URL(request.url).searchParams];
  const input = validateInput(exportInput, { ...coerceParameters(exportInput, query), ...pathParameters });
  return asDownload(await call.deps.exportResults(actor, input, call.request.ipAddress));
}

async function sendLeads({ call, request }: RestCall): Promise<Response> {
  const actor = authorise('member', await call.actor());
  const query = [...new URL(request.url).searchParams];
  const input = validateInput(leadExportInput, coerceParameters(leadExportInput, query));
  return asDownload(await call.deps.exportLeads(actor, input, call.request.ipAddress));
}

async function sendChosenLeads({ call, request }: RestCall): Promise<Response> {
  const actor = authorise('member', await call.actor());
  const body = await readBody(request);
  refuseUnknownFields(leadExportInput, body);
  const input = validateInput(leadExportInput, body);
  return asDownload(await call.deps.exportLeads(actor, input, call.request.ipAddress));
}

const asDownload = (file: ExportFile): Response =>
  new Response(file.body, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.filename}"`,
    },
  });

/** The answers of an export, a file or one of these errors besides those of all. */
const responses = (...codes: readonly ErrorCode[]): object => ({
  '200': {
    description:
      'The file. Cells that a spreadsheet would run are neutralised in CSV and XLSX; XLSX takes up to 100,000 rows.',
    content: {
      'text/csv': { schema: { type: 'string' } },
      'application/json': { schema: { type: 'array', items: { type: 'object' } } },
      'application/x-ndjson': { schema: { type: 'string' } },
      [XLSX_CONTENT_TYPE]: { schema: { type: 'string', format: 'binary' } },
    },
  },
  ...responsesFor([
    ...codes,
    'UNAUTHENTICATED',
    'PASSWORD_CHANGE_REQUIRED',
    'INVALID_INPUT',
    'INTERNAL',
    'UNAVAILABLE',
  ]),
});

/** Every field of the export's input but the campaign, as query parameters. */
function describeParameters(input: Parameters<typeof inputSchema>[0]): object[] {
  const schema = inputSchema(input);
  const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
  const query = Object.entries(properties)
    .filter(([name]) => name !== 'id')
    .map(([name, field]) => ({
      ...{ name, in: 'query', required: false, schema: field },
      ...(field.type === 'array' ? { style: 'form', explode: false } : {}),
    }));
  return properties.id === undefined
    ? query
    : [{ name: 'id', in: 'path', required: true, schema: properties.id }, ...query];
}

/** The results of a campaign as a file, streamed from the database as fast as the client takes it. */
export const resultsRoute = (): RestRoute => ({
  method: 'GET',
  path: '/campaigns/{id}/results',
  describe: () => ({
    operationId: 'campaigns.results',
    summary: 'Results as a CSV, JSON, NDJSON or XLSX file',
    description: 'Takes the filters of the list of domains.',
    tags: ['campaigns'],
    parameters: describeParameters(exportInput),
    responses: responses('NOT_FOUND'),
  }),
  handle: sendResults,
});

/** Leads as a file, those that the filters of their list match. To be mounted before the route of one lead. */
export const leadsExportRoute = (): RestRoute => ({
  method: 'GET',
  path: '/leads/export',
  describe: () => ({
    operationId: 'leads.export',
    summary: 'Leads as a CSV, JSON, NDJSON or XLSX file, without what is suppressed',
    description: 'Takes the filters of the list of leads.',
    tags: ['leads'],
    parameters: describeParameters(leadExportInput),
    responses: responses(),
  }),
  handle: sendLeads,
});

/** The same for a client that names the leads, more than an address can hold. */
export const chosenLeadsExportRoute = (): RestRoute => ({
  method: 'POST',
  path: '/leads/export',
  describe: () => ({
    operationId: 'leads.exportChosen',
    summary: 'Leads as a file: those that are named, or that filters match',
    description: 'What GET takes as parameters, as a JSON body: `leadIds` has up to 10,000 of them.',
    tags: ['leads'],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: inputSchema(leadExportInput) } },
    },
    responses: responses('MALFORMED_REQUEST', 'UNSUPPORTED_MEDIA_TYPE', 'PAYLOAD_TOO_LARGE'),
  }),
  handle: sendChosenLeads,
});
