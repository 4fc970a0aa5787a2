import type { APIRequestContext } from 'playwright-core';

/** Calls the API with the session of the browser; throws with what it answered where it refused. */
async function call<Answer>(
  request: APIRequestContext,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  data?: unknown,
): Promise<Answer> {
  const response = await request.fetch(url, { method, ...(data === undefined ? {} : { data }) });
  if (!response.ok()) throw new Error(`${method} ${url}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as Answer;
}

export interface ApiLead {
  readonly leadId: string;
  readonly domain: string;
  readonly score: number;
  readonly state: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly version: number;
}

export interface LeadApi {
  list(filters: Readonly<Record<string, string>>): Promise<{ items: ApiLead[]; total: number }>;
  get(leadId: string): Promise<ApiLead>;
  /** What somebody else would change meanwhile. */
  update(leadId: string, change: Readonly<Record<string, unknown>>): Promise<ApiLead>;
}

export function leadApi(request: APIRequestContext, url: string): LeadApi {
  const api = `${url}/api/v2`;
  return {
    list: (filters) =>
      call(request, 'GET', `${api}/leads?${new URLSearchParams({ limit: '200', ...filters })}`),
    get: (leadId) => call(request, 'GET', `${api}/leads/${leadId}`),
    async update(leadId, change) {
      const { version } = await this.get(leadId);
      return call(request, 'PUT', `${api}/leads/${leadId}`, { version, ...change });
    },
  };
}

/** Runs a campaign of `count` names in the lab to its end; gives its id. */
export async function runLeadCampaign(
  request: APIRequestContext,
  url: string,
  choices: { readonly campaignName: string; readonly constantPart: string; readonly count: number },
): Promise<string> {
  const api = `${url}/api/v2`;
  const personas = await call<{ items: { personaId: string; kind: string; name: string }[] }>(
    request,
    'GET',
    `${api}/personas?limit=100`,
  );
  const labPersona = (kind: string): string | undefined =>
    personas.items.find((persona) => persona.kind === kind && persona.name === 'Lab')?.personaId;
  const sets = await call<{ items: { keywordSetId: string }[] }>(request, 'GET', `${api}/keyword-sets`);
  const { campaignId } = await call<{ campaignId: string }>(request, 'POST', `${api}/campaigns`, {
    campaignName: choices.campaignName,
    campaignType: 'pipeline',
    mode: 'full_sequence',
    input: {
      source: 'pattern',
      pattern: {
        pattern: 'suffix',
        constantPart: choices.constantPart,
        prefixVariableLength: 0,
        suffixVariableLength: 3,
        charSet: 'abcdefghijklmnopqrstuvwxyz',
        tlds: ['com', 'de'],
        targetDomainsToGenerate: choices.count,
      },
    },
    phases: {
      dns: { personaId: labPersona('dns') },
      http: { personaId: labPersona('http'), fetchFavicon: true, followContactPages: 1 },
      analysis: { keywordSetIds: sets.items.map(({ keywordSetId }) => keywordSetId) },
    },
  });
  await call(request, 'POST', `${api}/campaigns/${campaignId}/start`, {});
  const deadline = Date.now() + 120_000;
  for (;;) {
    const { status } = await call<{ status: string }>(request, 'GET', `${api}/campaigns/${campaignId}`);
    if (status === 'completed') return campaignId;
    if (Date.now() > deadline) throw new Error(`the campaign is ${status} after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
