import { ERROR_STATUS, type ErrorCode } from '@domainflow/domain/errors.ts';
import type { AnyOperation } from '@domainflow/services/operation/operation.ts';
import { fieldsOf } from '../rest/coerce-query.ts';

const reference = { $ref: '#/components/responses/Error' };

/** The component schema of every error. */
export const ERROR_SCHEMA = {
  type: 'object',
  required: ['code', 'message', 'field'],
  properties: {
    code: { type: 'string', enum: Object.keys(ERROR_STATUS) },
    message: { type: 'string', description: 'What is wrong and what to do.' },
    field: {
      type: ['string', 'null'],
      description: 'Path of the input field at fault (`input.pattern.charSet`).',
    },
    details: {
      description: 'More, where it is useful: all issues, allowed transitions, the current version.',
    },
  },
} as const;

/** Responses by status for these codes. */
export function responsesFor(codes: readonly ErrorCode[]): Record<string, unknown> {
  const statuses = [...new Set(codes.map((code) => ERROR_STATUS[code]))].sort((a, b) => a - b);
  return Object.fromEntries(statuses.map((status) => [String(status), reference]));
}

/** True where a field of the body must name a row. */
function needsRow({ rest: { method }, input }: AnyOperation): boolean {
  const fields = method === 'GET' ? {} : (fieldsOf(input) ?? {});
  return Object.entries(fields).some(
    ([name, field]) => name.endsWith('Id') && field._zod.optin !== 'optional',
  );
}

/** The errors that an operation can answer with. */
export function errorResponses(operation: AnyOperation): Record<string, unknown> {
  const codes: ErrorCode[] = ['INVALID_INPUT', 'INTERNAL', 'UNAVAILABLE', 'RATE_LIMITED'];
  if (operation.access !== 'public' || operation.name.startsWith('auth.'))
    codes.push('UNAUTHENTICATED', 'FORBIDDEN');
  if (operation.rest.method !== 'GET')
    codes.push('MALFORMED_REQUEST', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  if (operation.kind === 'mutation') codes.push('FORBIDDEN', 'CONFLICT');
  if (operation.rest.path.includes('{') || needsRow(operation)) codes.push('NOT_FOUND');
  return responsesFor(codes);
}
