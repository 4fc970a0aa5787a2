import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { Hono } from 'hono';
import type { AppEnv } from '../context.ts';
import { errorResponse } from '../http/error-response.ts';
import { limitBody } from '../http/request-body.ts';
import { bodyTooLarge, MAX_JSON_BYTES } from './read-input.ts';
import type { RestRoute } from './route.ts';

const limitOf = (maxBytes: number): ReturnType<typeof limitBody> =>
  limitBody(maxBytes, () => bodyTooLarge(maxBytes));

/** Refuses a body that is longer than JSON needs to be, by its announced length or while it is read. */
export const jsonBodyLimit = limitOf(MAX_JSON_BYTES);

/** `/campaigns/{id}` in Hono's notation. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Fixed segments before parameters, so that `/campaigns/import` is not the campaign named "import". */
const sortKey = (path: string): string => path.replaceAll(/\{\w+\}/g, '\uffff');

/** Serves the routes under `base`; other methods of a known path answer 405 with what is allowed. */
export function mountRoutes(app: Hono<AppEnv>, base: string, routes: readonly RestRoute[]): void {
  const byPath = new Map<string, RestRoute[]>();
  for (const route of routes) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  const paths = [...byPath.keys()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));

  for (const path of paths) {
    const here = byPath.get(path) ?? [];
    for (const route of here) {
      const limit = route.maxBodyBytes === undefined ? jsonBodyLimit : limitOf(route.maxBodyBytes);
      app.on(
        route.method,
        base + honoPath(path),
        (c, next) => (route.streamsBody === true ? next() : limit(c, next)),
        async (c) => {
          const request = c.req.raw;
          const response = await route.handle({
            call: c.get('call'),
            request,
            pathParameters: c.req.param(),
          });
          if (request.method !== 'HEAD') return response;
          // Nobody reads it: what streams must not wait for a reader.
          await response.body?.cancel();
          return new Response(null, response);
        },
      );
    }
  }
  for (const path of paths) {
    const methods = (byPath.get(path) ?? []).flatMap(({ method }) =>
      method === 'GET' ? ['GET', 'HEAD'] : [method],
    );
    const allowed = methods.join(', ');
    app.all(base + honoPath(path), (c) => {
      const message = `${c.req.method} is not possible here, only ${allowed}.`;
      const response = errorResponse(new DomainFlowError('METHOD_NOT_ALLOWED', message));
      response.headers.set('allow', allowed);
      return response;
    });
  }
}
