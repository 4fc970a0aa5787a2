import type { AppRouter } from '@domainflow/api/trpc/router.ts';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

type Outputs = inferRouterOutputs<AppRouter>;
type Inputs = inferRouterInputs<AppRouter>;

export type CampaignView = Outputs['campaigns']['get'];
export type CampaignProgress = Outputs['campaigns']['progress'];
export type PhaseView = CampaignView['phases'][number];
export type LeadView = Outputs['campaigns']['leads']['items'][number];
export type PersonaPage = Outputs['personas']['list'];
export type KeywordSetPage = Outputs['keywordSets']['list'];
type LeadPage = Outputs['campaigns']['leads'];
type DomainRow = Outputs['campaigns']['domains']['items'][number];

const RESULT_COLUMNS = [
  'domain',
  'dnsStatus',
  'dnsReason',
  'httpStatus',
  'httpReason',
  'httpStatusCode',
  'leadStatus',
] as const satisfies readonly (keyof DomainRow)[];
/** A row of the export. */
export type ResultRow = Pick<DomainRow, (typeof RESULT_COLUMNS)[number]>;

/** What the API says when it refuses. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
}

const REQUEST_TIMEOUT_MS = 60_000;

/** The REST API as the demo uses it: with one session, kept in a cookie. */
export class ApiClient {
  readonly #base: string;
  readonly #signal: AbortSignal;
  #cookie = '';

  /** `signal` calls off what is under way. */
  constructor(url: string, signal: AbortSignal) {
    this.#base = `${url}/api/v2`;
    this.#signal = signal;
  }

  async login(username: string, password: string): Promise<void> {
    await this.#json('POST', '/auth/login', { username, password });
  }

  async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    await this.#json('POST', '/change-password', { currentPassword, newPassword });
  }

  personas(search: string): Promise<PersonaPage> {
    return this.#json('GET', `/personas?${new URLSearchParams({ search, limit: '1000' })}`);
  }

  keywordSets(): Promise<KeywordSetPage> {
    return this.#json('GET', '/keyword-sets?limit=1000');
  }

  createCampaign(input: Inputs['campaigns']['create']): Promise<CampaignView> {
    return this.#json('POST', '/campaigns', input);
  }

  startCampaign(id: string): Promise<CampaignView> {
    return this.#json('POST', `/campaigns/${id}/start`, {});
  }

  progress(id: string): Promise<CampaignProgress> {
    return this.#json('GET', `/campaigns/${id}/progress`);
  }

  /** The best leads first. */
  leads(id: string, limit: number): Promise<LeadPage> {
    return this.#json('GET', `/campaigns/${id}/leads?${new URLSearchParams({ limit: String(limit) })}`);
  }

  /** Every domain of the campaign with its verdicts, in the order in which they were generated: the NDJSON export. */
  async *results(id: string): AsyncGenerator<ResultRow> {
    const query = new URLSearchParams({ format: 'ndjson', columns: RESULT_COLUMNS.join(',') });
    const response = await this.#fetch('GET', `/campaigns/${id}/results?${query}`, { signal: this.#signal });
    if (response.body === null) return;
    for await (const line of linesOf(response.body)) yield JSON.parse(line) as ResultRow;
  }

  async #json<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
    const response = await this.#fetch(method, path, {
      signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    // The types are those of the router that answers.
    return (await response.json()) as T;
  }

  async #fetch(method: 'GET' | 'POST', path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookie !== '') headers.set('cookie', this.#cookie);
    const response = await fetch(this.#base + path, { ...init, method, headers });
    const [session] = response.headers.getSetCookie();
    if (session !== undefined) this.#cookie = session.split(';')[0] ?? '';
    if (!response.ok) {
      const text = await response.text();
      throw new ApiError(`${method} ${path} was answered with ${response.status}: ${text.slice(0, 500)}`);
    }
    return response;
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
