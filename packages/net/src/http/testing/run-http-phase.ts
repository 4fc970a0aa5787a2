import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { type HttpConfig, httpConfigSchema } from '@domainflow/domain/phases/http/config.ts';
import { httpPhase } from '@domainflow/domain/phases/http/phase.ts';
import type { PhaseResult } from '@domainflow/domain/phases/phase.ts';
import { ResultList } from '@domainflow/domain/phases/testing/result-list.ts';
import type { Lab } from '@domainflow/lab/start-lab.ts';
import { createEngines } from '../../engines.ts';

/** Runs the HTTP phase over names of the lab, with the addresses that the lab gives them unless told otherwise. */
export async function runHttpPhase(
  lab: Lab,
  names: readonly string[],
  config: Partial<HttpConfig>,
  plan: object = {},
  addressesOf: (name: string) => readonly string[] = (name) => lab.truth(name).dns.a,
): Promise<Map<string, { result: PhaseResult; page: PageFeatures | null }>> {
  const engines = createEngines({ labJson: JSON.stringify(lab), allowedTargets: ['127.0.0.1'] });
  const found = new Map<string, { result: PhaseResult; page: PageFeatures | null }>();
  const items = names.map((name, ordinal) => ({
    ordinal,
    name,
    prior: { addresses: addressesOf(name) },
  }));
  const sink = new ResultList();
  const batch = {
    plan: {
      config: httpConfigSchema.parse(config),
      persona: { timeoutMs: 5_000 },
      lookupPersona: { resolvers: [`${lab.dns.host}:${lab.dns.port}`] },
      keywordRules: [],
      ...plan,
    },
    lo: 0,
    hi: items.length,
    items,
    loaded: items,
    sink,
    signal: new AbortController().signal,
    onDrained: () => {},
  };
  for await (const _ of httpPhase.run(batch, engines.ports));
  for (const result of sink.taken)
    found.set(names[result.ordinal] as string, {
      result,
      page: sink.kept.get(result.ordinal)?.page ?? null,
    });
  await engines.close();
  return found;
}
