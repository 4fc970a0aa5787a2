import { SESSION_COOKIE } from '@domainflow/services/accounts/session-cookie.ts';
import type { RestRoute } from '../rest/route.ts';
import { ERROR_SCHEMA } from './errors.ts';
import { sharedSchemas } from './json-schema.ts';

type Json = Record<string, unknown>;

const DESCRIPTION = [
  'DomainFlow over REST. Sign in with `POST /auth/login`; the answer sets the session cookie that every other call needs.',
  'Errors are `{code, message, field, details?}` everywhere. Lists take `limit`, `offset` or `cursor`, `sort`, `order` and',
  'filters, which must all hold. `Idempotency-Key` makes a change happen once however often it is sent.',
].join(' ');

/** The OpenAPI 3.1 document of these routes. */
export function buildDocument(
  routes: readonly RestRoute[],
  options: { server: string; version: string },
): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: route.describe() };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'DomainFlow',
      version: options.version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: options.server }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description:
            'The same key with the same input is carried out once; later calls get the first answer.',
          schema: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
      responses: {
        Error: {
          description: 'What went wrong',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
      schemas: { Error: ERROR_SCHEMA, ...sharedSchemas() },
    },
  };
}
