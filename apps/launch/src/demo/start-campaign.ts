import { type ApiClient, ApiError, type CampaignView, type PersonaPage } from './api-client.ts';
import type { NamePattern } from './name-pattern.ts';

/** What the seeded personas for the simulated internet are called. */
const LAB_PERSONA = 'Lab';

/** Creates and starts the campaign of the demo, with the seeded personas and keyword sets. */
export async function startCampaign(
  api: ApiClient,
  { pattern }: NamePattern,
  name: string,
): Promise<CampaignView> {
  const personas = await api.personas(LAB_PERSONA);
  const keywordSets = await api.keywordSets();
  const draft = await api.createCampaign({
    campaignName: name,
    campaignType: 'pipeline',
    mode: 'full_sequence',
    input: { source: 'pattern', pattern },
    phases: {
      dns: { personaId: labPersona(personas, 'dns') },
      http: { personaId: labPersona(personas, 'http') },
      analysis: { keywordSetIds: keywordSets.items.map(({ keywordSetId }) => keywordSetId) },
    },
  });
  return api.startCampaign(draft.campaignId);
}

function labPersona({ items }: PersonaPage, kind: 'dns' | 'http'): string {
  const found = items.find((persona) => persona.kind === kind && persona.name === LAB_PERSONA);
  if (found === undefined) throw new ApiError(`There is no ${kind} persona for the simulated internet.`);
  return found.personaId;
}
