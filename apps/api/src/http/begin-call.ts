import type { Actor } from '@domainflow/services/operation/operation.ts';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv, CallContext } from '../context.ts';

const REQUEST_ID = /^[\w.-]{8,64}$/;

/** Sets up the request's context, and gives the answer its id and what operations added to its headers (cookies). */
export function beginCall(deps: CallContext['deps']): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const offered = c.req.header('x-request-id');
    const requestId = offered !== undefined && REQUEST_ID.test(offered) ? offered : crypto.randomUUID();
    const { headers } = c.req.raw;
    const responseHeaders = new Headers();
    let actor: Promise<Actor | null> | undefined;
    const call: CallContext = {
      deps,
      request: {
        ipAddress: deps.clientAddress?.(c.req.raw, c.env) ?? null,
        requestId,
        isHttps: deps.isHttps?.(c.req.raw) ?? c.req.url.startsWith('https:'),
        headers,
        responseHeaders,
        idempotencyKey: headers.get('idempotency-key'),
        signal: c.req.raw.signal,
      },
      actor: () => {
        actor ??= deps.resolveActor(headers);
        return actor;
      },
    };
    c.set('call', call);
    await next();
    responseHeaders.forEach((value, name) => {
      if (name !== 'set-cookie') c.res.headers.set(name, value);
    });
    for (const cookie of responseHeaders.getSetCookie()) c.res.headers.append('set-cookie', cookie);
    c.res.headers.set('x-request-id', requestId);
  };
}
