import type { AnyOperation } from '@domainflow/services/operation/operation.ts';
import { fieldsOf } from '../rest/coerce-query.ts';
import { errorResponses } from './errors.ts';
import { inputSchema, outputSchema } from './json-schema.ts';

type Json = Record<string, unknown>;

const pathNames = (path: string): string[] =>
  Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '');

/** `campaigns.list` belongs to `campaigns`. */
const tagOf = (operation: AnyOperation): string => operation.name.split('.')[0] ?? operation.name;

function omit(schema: Json, names: readonly string[]): Json {
  const properties = Object.fromEntries(
    Object.entries((schema.properties ?? {}) as Json).filter(([name]) => !names.includes(name)),
  );
  const required = ((schema.required ?? []) as string[]).filter((name) => !names.includes(name));
  const { required: _required, ...rest } = schema;
  const closed = { ...rest, properties, additionalProperties: false };
  return required.length === 0 ? closed : { ...closed, required };
}

function parameters(operation: AnyOperation): Json[] {
  const schema = inputSchema(operation.input);
  const properties = (schema.properties ?? {}) as Json;
  const required = (schema.required ?? []) as string[];
  const inPath = pathNames(operation.rest.path);
  const path = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: properties[name] ?? { type: 'string' },
  }));
  const names = Object.keys(fieldsOf(operation.input) ?? {}).filter((name) => !inPath.includes(name));
  const query =
    operation.rest.method === 'GET'
      ? names.map((name) => ({
          name,
          in: 'query',
          required: required.includes(name),
          schema: properties[name] ?? {},
        }))
      : [];
  const takesKey =
    operation.kind === 'mutation' && (operation.access === 'member' || operation.access === 'admin');
  const header = takesKey ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [];
  return [...path, ...query, ...header];
}

function requestBody(operation: AnyOperation): Json | null {
  if (operation.rest.method === 'GET') return null;
  const schema = inputSchema(operation.input);
  const body = schema.type === 'object' ? omit(schema, pathNames(operation.rest.path)) : schema;
  if (body.type === 'object' && Object.keys((body.properties ?? {}) as Json).length === 0) return null;
  const required = body.type !== 'object' || Array.isArray(body.required);
  return { required, content: { 'application/json': { schema: body } } };
}

/** An operation's entry in the OpenAPI document. */
export function describeOperation(operation: AnyOperation): Json {
  const body = requestBody(operation);
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [tagOf(operation)],
    ...(operation.access === 'public' ? { security: [] } : {}),
    parameters: parameters(operation),
    ...(body === null ? {} : { requestBody: body }),
    responses: {
      [String(operation.rest.status ?? 200)]: {
        description: 'Done',
        content: { 'application/json': { schema: outputSchema(operation.output) } },
      },
      ...errorResponses(operation),
    },
  };
}
