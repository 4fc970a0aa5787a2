import { RestError, readErrorResponse } from './app-error.ts';

async function post(path: string, init: Omit<RequestInit, 'method'>): Promise<Response> {
  const response = await fetch(`/api/v2/${path}`, { method: 'POST', ...init });
  if (!response.ok) throw new RestError(await readErrorResponse(response));
  return response;
}

interface PostJsonOptions {
  readonly signal?: AbortSignal;
}

/** Posts JSON to a route below `/api/v2/`. Throws `RestError` where it is refused. */
export const postJson = (path: string, body: unknown, { signal }: PostJsonOptions = {}): Promise<Response> =>
  post(path, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });

/**
 * Posts a file with the fields that belong to it. They go before the file: the server reads them in their order, and can
 * refuse one before it has read the file. Throws `RestError` where it is refused.
 */
export function postFile(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('file', file);
  return post(path, { body });
}
