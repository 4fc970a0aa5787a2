import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { Hono } from 'hono';
import type { AppEnv } from '../context.ts';
import { errorResponse } from '../http/error-response.ts';
import type { RestRoute } from './route.ts';

/** `/campaigns/{id}` in Hono's notation. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Fixed segments before parameters, so that `/campaigns/import` is not the campaign named "import". */
const bySpecificity = (a: RestRoute, b: RestRoute): number => {
  const key = (route: RestRoute) => route.path.replaceAll(/\{\w+\}/g, '￿');
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
};

/** Serves the routes under `base`; other methods of a known path answer 405 with what is allowed. */
export function mountRoutes(app: Hono<AppEnv>, base: string, routes: readonly RestRoute[]): void {
  const methodsByPath = new Map<string, string[]>();
  for (const { path, method } of routes) {
    methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), method]);
  }
  const sorted = routes.toSorted(bySpecificity);
  for (const route of sorted) {
    app.on(route.method, base + honoPath(route.path), (c) =>
      route.handle({ call: c.get('call'), request: c.req.raw, pathParameters: c.req.param() }),
    );
  }
  for (const { path } of sorted) {
    const allowed = (methodsByPath.get(path) ?? []).flatMap((each) =>
      each === 'GET' ? ['GET', 'HEAD'] : [each],
    );
    app.all(base + honoPath(path), (c) => {
      const response = errorResponse(
        new DomainFlowError(
          'METHOD_NOT_ALLOWED',
          `${c.req.method} is not possible here, only ${allowed.join(', ')}.`,
        ),
      );
      response.headers.set('allow', allowed.join(', '));
      return response;
    });
  }
}
