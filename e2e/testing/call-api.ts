import type { APIRequestContext } from 'playwright-core';

/** The REST API with the session of the browser; throws with what was answered where it refuses. */
export interface CallApi {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, data: unknown): Promise<Answer>;
  put<Answer>(path: string, data: unknown): Promise<Answer>;
  delete(path: string): Promise<void>;
}

/** `url` is that of the stack; paths are below `/api/v2/`. */
export function callApi(request: APIRequestContext, url: string): CallApi {
  const call = async (method: string, path: string, data?: unknown) => {
    const target = `${url}/api/v2/${path}`;
    const response = await request.fetch(target, { method, ...(data === undefined ? {} : { data }) });
    if (!response.ok()) throw new Error(`${method} ${target}: ${response.status()} ${await response.text()}`);
    return response;
  };
  return {
    get: async (path) => (await call('GET', path)).json(),
    post: async (path, data) => (await call('POST', path, data)).json(),
    put: async (path, data) => (await call('PUT', path, data)).json(),
    delete: async (path) => void (await call('DELETE', path)),
  };
}

export interface ApiPersona {
  readonly personaId: string;
  readonly name: string;
  readonly config: { readonly resolvers: readonly { readonly address: string }[] };
}

/** The persona of a kind by its name; `Lab` is the one of the simulated internet. */
export async function personaNamed(api: CallApi, kind: 'dns' | 'http', name: string): Promise<ApiPersona> {
  const { items } = await api.get<{ items: ApiPersona[] }>(`personas?kind=${kind}&limit=100`);
  const persona = items.find((each) => each.name === name);
  if (persona === undefined) throw new Error(`there is no ${kind} persona ${name}`);
  return persona;
}
