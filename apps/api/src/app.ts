import { Hono } from 'hono';
import type { ApiDeps, AppEnv } from './context.ts';
import { mountDocs } from './docs/routes.ts';
import { beginCall } from './http/begin-call.ts';
import { noSuchPath, onError } from './http/error-response.ts';
import { refuseEncodedBodies } from './http/request-body.ts';
import { noStore, refuseForeignOrigins, securityHeaders } from './http/security.ts';
import { chosenLeadsExportRoute, leadsExportRoute, resultsRoute } from './rest/export-routes.ts';
import { jsonBodyLimit, mountRoutes } from './rest/mount-routes.ts';
import { operationRoutes } from './rest/operation-routes.ts';
import { suppressionUploadRoute } from './rest/suppression-upload-route.ts';
import { uploadRoute } from './rest/upload-route.ts';
import { wordListUploadRoute } from './rest/word-list-upload-route.ts';
import { eventRoutes } from './sse/routes.ts';
import { createSessionWatch } from './sse/session-watch.ts';
import { serveTrpc, TRPC_PATH } from './trpc/serve-trpc.ts';

export const REST_PATH = '/api/v2';

/** The whole API as one web-standard handler: tRPC, REST and, where the entry gives it, the web app's files. */
export function createApp(deps: ApiDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  const sessions = createSessionWatch(deps.resolveActor, deps.sessionCheckMs);

  app.onError(onError(deps.services.log));
  app.use(securityHeaders, beginCall({ ...deps, sessions }));
  app.use('/api/*', noStore, refuseForeignOrigins(deps.trustedOrigins ?? []), refuseEncodedBodies);
  app.use(
    `${TRPC_PATH}/*`,
    noStore,
    refuseForeignOrigins(deps.trustedOrigins ?? []),
    refuseEncodedBodies,
    jsonBodyLimit,
  );

  app.all(`${TRPC_PATH}/*`, (c) => serveTrpc(c.req.raw, c.get('call')));
  const routes = [
    leadsExportRoute(),
    chosenLeadsExportRoute(),
    ...operationRoutes(),
    uploadRoute(),
    wordListUploadRoute(),
    suppressionUploadRoute(),
    resultsRoute(),
    ...eventRoutes(),
  ];
  mountDocs(app, REST_PATH, routes);
  mountRoutes(app, REST_PATH, routes);

  app.notFound(async (c) => {
    const { path, method, raw } = c.req;
    const isApi = path.startsWith('/api/') || path.startsWith(`${TRPC_PATH}/`);
    if (isApi || (method !== 'GET' && method !== 'HEAD')) return noSuchPath(path);
    return (await deps.assets?.(raw)) ?? noSuchPath(path);
  });
  return app;
}
