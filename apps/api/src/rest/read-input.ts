import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import type { AnyOperation } from '@domainflow/services/operation/operation.ts';
import type { z } from 'zod';
import { coerceParameters, fieldsOf } from './coerce-query.ts';

/** The largest JSON body: 10,000 names of a direct list fit several times. */
export const MAX_JSON_BYTES = 4 * 1024 * 1024;

export const bodyTooLarge = (maxBytes = MAX_JSON_BYTES): DomainFlowError =>
  new DomainFlowError(
    'PAYLOAD_TOO_LARGE',
    `A JSON body may have at most ${maxBytes / 1_048_576} MiB here. Upload longer lists as a file.`,
  );

const isJson = (contentType: string): boolean =>
  /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i.test(contentType);

/** The body as an object; none at all is an empty one. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  const octets = await request.arrayBuffer();
  if (octets.byteLength === 0) return {};
  const contentType = request.headers.get('content-type') ?? '';
  if (!isJson(contentType)) {
    throw new DomainFlowError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  }
  let text: string;
  try {
    // Letters of another encoding would be replaced without a word, and saved.
    text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    throw new DomainFlowError('MALFORMED_REQUEST', 'The body is not UTF-8.');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new DomainFlowError('MALFORMED_REQUEST', 'The body is not valid JSON.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new DomainFlowError('MALFORMED_REQUEST', 'The body must be a JSON object.');
  }
  return body as Record<string, unknown>;
}

/** Refuses fields that the schema does not know: a filter that is misspelt and ignored would change everything. */
export function refuseUnknownFields(schema: z.core.$ZodType, body: Readonly<Record<string, unknown>>): void {
  const fields = fieldsOf(schema);
  if (fields === null) return;
  const unknown = Object.keys(body).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined)
    throw invalidInput(`There is no field ${JSON.stringify(unknown.slice(0, 100))}.`, unknown.slice(0, 100));
}

/** An operation's input from a REST request: path parameters, then query string (reads) or JSON body (changes). */
export async function readInput(
  operation: AnyOperation,
  request: Request,
  pathParameters: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const fromPath = coerceParameters(operation.input, Object.entries(pathParameters));
  const query = [...new URL(request.url).searchParams];
  const inPath = query.find(([name]) => Object.hasOwn(pathParameters, name));
  if (inPath !== undefined) throw invalidInput(`${inPath[0]} belongs in the path.`, inPath[0]);
  const fromQuery = coerceParameters(operation.input, query);
  if (operation.rest.method === 'GET') return { ...fromQuery, ...fromPath };

  const body = await readBody(request);
  refuseUnknownFields(operation.input, body);
  for (const [name, value] of Object.entries(fromPath)) {
    if (Object.hasOwn(body, name) && body[name] !== value) {
      throw invalidInput(`${name} differs between path and body.`, name);
    }
  }
  return { ...fromQuery, ...body, ...fromPath };
}
