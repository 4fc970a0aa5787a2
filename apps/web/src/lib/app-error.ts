import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '@domainflow/domain/errors.ts';

/** An error as pages show it. `NETWORK`: no answer came. */
export interface AppError {
  readonly code: ErrorCode | 'NETWORK';
  readonly message: string;
  /** Path of the input field at fault, or null. */
  readonly field: string | null;
  readonly details: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && value in ERROR_STATUS;

function readBody(value: unknown, message: string): AppError | null {
  if (!isRecord(value) || !isErrorCode(value.code)) return null;
  return {
    code: value.code,
    message: typeof value.message === 'string' ? value.message : message,
    field: typeof value.field === 'string' ? value.field : null,
    details: value.details,
  };
}

/** Reads what was thrown: a tRPC error carries the API's body in `data`, a REST answer is the body itself. */
export function toAppError(error: unknown): AppError {
  const message = error instanceof Error ? error.message : 'Something went wrong.';
  const data = isRecord(error) ? error.data : undefined;
  const known = readBody(data, message) ?? readBody(error, message);
  if (known !== null) return known;
  return {
    code: 'NETWORK',
    message: 'The server did not answer. Check the connection; this page tries again by itself.',
    field: null,
    details: { message },
  };
}

/** The error of a REST call that did not succeed. */
export async function readErrorResponse(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => null);
  const fallback = `The server answered with status ${response.status}.`;
  return readBody(body, fallback) ?? { code: 'INTERNAL', message: fallback, field: null, details: null };
}

/** The same, as something to throw. */
export class RestError extends Error implements ErrorBody {
  readonly code: ErrorCode;
  readonly field: string | null;
  readonly details: unknown;

  constructor(error: AppError) {
    super(error.message);
    this.name = 'RestError';
    this.code = error.code === 'NETWORK' ? 'UNAVAILABLE' : error.code;
    this.field = error.field;
    this.details = error.details;
  }
}
