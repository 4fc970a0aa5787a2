import { VERSION } from '@domainflow/services/system/version.ts';
import type { Hono } from 'hono';
import type { AppEnv } from '../context.ts';
import { buildDocument } from '../openapi/document.ts';
import type { RestRoute } from '../rest/route.ts';
import { referencePage } from './reference-page.ts';
import { REFERENCE_STYLE } from './reference-style.ts';

/** Serves the OpenAPI document of `routes`, and the page that is made from it. Both are made when first asked for. */
export function mountDocs(app: Hono<AppEnv>, base: string, routes: readonly RestRoute[]): void {
  let document: Record<string, unknown> | undefined;
  let page: string | undefined;
  const getDocument = () => {
    document ??= buildDocument(routes, { server: base, version: VERSION });
    return document;
  };
  app.get(`${base}/openapi.json`, (c) => c.json(getDocument()));
  app.get(`${base}/docs`, (c) => {
    page ??= referencePage(getDocument(), `${base}/docs.css`);
    return c.html(page);
  });
  app.get(`${base}/docs.css`, (c) =>
    c.body(REFERENCE_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
}
