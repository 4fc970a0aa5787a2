import { type CallApi, personaNamed } from './call-api.ts';

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

export const leadApi = (api: CallApi): LeadApi => ({
  list: (filters) => api.get(`leads?${new URLSearchParams({ limit: '200', ...filters })}`),
  get: (leadId) => api.get(`leads/${leadId}`),
  async update(leadId, change) {
    const { version } = await this.get(leadId);
    return api.put(`leads/${leadId}`, { version, ...change });
  },
});

/** Runs a campaign of `count` names in the lab to its end; gives its id. */
export async function runLeadCampaign(
  api: CallApi,
  choices: { readonly campaignName: string; readonly constantPart: string; readonly count: number },
): Promise<string> {
  const sets = await api.get<{ items: { keywordSetId: string }[] }>('keyword-sets');
  const dns = await personaNamed(api, 'dns', 'Lab');
  const http = await personaNamed(api, 'http', 'Lab');
  const { campaignId } = await api.post<{ campaignId: string }>('campaigns', {
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
      dns: { personaId: dns.personaId },
      http: { personaId: http.personaId, fetchFavicon: true, followContactPages: 1 },
      analysis: { keywordSetIds: sets.items.map(({ keywordSetId }) => keywordSetId) },
    },
  });
  await api.post(`campaigns/${campaignId}/start`, {});
  const deadline = Date.now() + 120_000;
  for (;;) {
    const { status } = await api.get<{ status: string }>(`campaigns/${campaignId}`);
    if (status === 'completed') return campaignId;
    if (Date.now() > deadline) throw new Error(`the campaign is ${status} after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
