import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { Log } from '@domainflow/services/operation/operation.ts';
import { translateFailure } from '@domainflow/services/operation/translate-failure.ts';
import type { Context } from 'hono';
import type { AppEnv } from '../context.ts';

const RETRY_AFTER_SECONDS = '5';

/** An error as every interface but tRPC answers with it: `{code, message, field, details?}` and its HTTP status. */
export function errorResponse(error: DomainFlowError): Response {
  const headers: Record<string, string> = {};
  if (error.code === 'UNAVAILABLE') headers['retry-after'] = RETRY_AFTER_SECONDS;
  return Response.json(error.toBody(), { status: error.status, headers });
}

/** Hono's last resort: whatever was thrown, in the shape of all errors. */
export const onError =
  (log: Log) =>
  (error: Error, c: Context<AppEnv>): Response =>
    errorResponse(
      translateFailure(error, log, { path: c.req.path, requestId: c.get('call')?.request.requestId }),
    );

export const noSuchPath = (path: string): Response =>
  errorResponse(new DomainFlowError('NOT_FOUND', `There is nothing at ${path}. See /api/v2/docs.`));
