import { DomainFlowError, type ErrorBody } from '@domainflow/domain/errors.ts';
import type { TRPCDefaultErrorShape, TRPCError } from '@trpc/server';

export interface TrpcErrorShape {
  readonly message: string;
  /** JSON-RPC's number, as tRPC's own clients expect it. */
  readonly code: number;
  readonly data: ErrorBody & { readonly httpStatus: number };
}

const asDomainFlowError = (error: TRPCError): DomainFlowError => {
  if (error.cause instanceof DomainFlowError) return error.cause;
  switch (error.code) {
    case 'NOT_FOUND':
      return new DomainFlowError('NOT_FOUND', 'There is no such procedure.');
    case 'PARSE_ERROR':
    case 'BAD_REQUEST':
      return new DomainFlowError('MALFORMED_REQUEST', 'The request is not one that tRPC can read.');
    case 'METHOD_NOT_SUPPORTED':
      return new DomainFlowError(
        'METHOD_NOT_ALLOWED',
        'Queries are read with GET, mutations sent with POST.',
      );
    case 'UNSUPPORTED_MEDIA_TYPE':
      return new DomainFlowError('UNSUPPORTED_MEDIA_TYPE', 'Send the input as application/json.');
    case 'PAYLOAD_TOO_LARGE':
      return new DomainFlowError('PAYLOAD_TOO_LARGE', 'The request is too large.');
    default:
      // Never the message of an unknown error: it may speak of SQL, files or secrets.
      return new DomainFlowError('INTERNAL', 'Something went wrong on our side.');
  }
};

/** `{code, message, field, details?}` in `data`, the same as REST answers with. */
export function errorShape(options: { shape: TRPCDefaultErrorShape; error: TRPCError }): TrpcErrorShape {
  const error = asDomainFlowError(options.error);
  return {
    message: error.message,
    code: options.shape.code,
    data: { ...error.toBody(), httpStatus: error.status },
  };
}
