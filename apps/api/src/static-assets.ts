/** One file of the web app. */
export interface AssetFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same, gzipped; null where that is no smaller. */
  readonly gzip: Uint8Array<ArrayBuffer> | null;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
  map: 'application/json',
};

const extensionOf = (path: string): string => /\.([a-z0-9]+)$/.exec(path)?.[1] ?? '';

/** Names with a content hash (`index-ImfCEfy7.js`) never change what they hold. */
const isImmutable = (path: string): boolean => /^\/assets\/.+-[\w-]{8}\.\w+$/.test(path);

/**
 * Serves the web app's files by path (`/assets/index-….js`). A path that is no file is the app's own: a
 * browser that asks for it gets `index.html`, and the app's router takes it from there.
 */
export function serveAssets(
  files: ReadonlyMap<string, AssetFile>,
): (request: Request) => Promise<Response | null> {
  const respond = (path: string, file: AssetFile, request: Request): Response => {
    const acceptsGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
    const body = acceptsGzip && file.gzip !== null ? file.gzip : file.bytes;
    return new Response(body, {
      headers: {
        'content-type': CONTENT_TYPES[extensionOf(path)] ?? 'application/octet-stream',
        'content-length': String(body.byteLength),
        'cache-control': isImmutable(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        vary: 'accept-encoding',
        ...(body === file.gzip ? { 'content-encoding': 'gzip' } : {}),
      },
    });
  };
  return (request) => {
    const path = new URL(request.url).pathname;
    const exact = files.get(path);
    if (exact !== undefined) return Promise.resolve(respond(path, exact, request));
    const index = files.get('/index.html');
    // A page's path may end like a file's (`/domains/example.com`): who asks for a page says so.
    const wantsPage = (request.headers.get('accept') ?? '').includes('text/html');
    const isPage = !path.startsWith('/assets/') && (wantsPage || extensionOf(path) === '');
    if (index === undefined || !isPage) return Promise.resolve(null);
    return Promise.resolve(respond('/index.html', index, request));
  };
}
