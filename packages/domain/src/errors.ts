/**
 * The closed set of errors that DomainFlow answers with, and the HTTP status of each.
 * Everything else is a defect: it becomes `INTERNAL`, and its message stays in the log.
 */
export const ERROR_STATUS = {
  INVALID_INPUT: 422,
  MALFORMED_REQUEST: 400,
  UNAUTHENTICATED: 401,
  PASSWORD_CHANGE_REQUIRED: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  STALE_VERSION: 409,
  ILLEGAL_TRANSITION: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  /** Path of the input field at fault (`input.pattern.charSet`), or null. */
  readonly field: string | null;
  readonly details?: unknown;
}

/** An error that a client may read: `message` says what to do, `field` where. */
export class DomainFlowError extends Error {
  readonly code: ErrorCode;
  readonly field: string | null;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { field?: string | null; details?: unknown } = {}) {
    super(message);
    this.name = 'DomainFlowError';
    this.code = code;
    this.field = options.field ?? null;
    this.details = options.details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }

  toBody(): ErrorBody {
    const body = { code: this.code, message: this.message, field: this.field };
    return this.details === undefined ? body : { ...body, details: this.details };
  }
}

export const invalidInput = (message: string, field: string | null, details?: unknown): DomainFlowError =>
  new DomainFlowError('INVALID_INPUT', message, { field, details });

/** The same answer for what does not exist and for what belongs to someone else. */
export const notFound = (what: string, id: string): DomainFlowError =>
  new DomainFlowError('NOT_FOUND', `No ${what} with id ${id}.`);
