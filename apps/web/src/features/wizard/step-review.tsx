import { CAMPAIGN_PRESETS, phasesOf } from '@domainflow/domain/campaign/types.ts';
import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import { useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { formatBigCount, formatCount } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import type { PhaseConfig } from '../phases/phase-config.ts';
import { PHASE_LABELS } from '../phases/phase-labels.ts';
import { namesOf } from '../refusals/refusals.ts';
import { type PhaseConfigs, patternOf, type WizardValues } from './wizard-values.ts';

function namesText(values: WizardValues, file: File | null): string {
  switch (values.source) {
    case 'pattern': {
      const { target } = values.pattern;
      return target === '' ? 'All names of the pattern' : `${formatBigCount(target)} names of the pattern`;
    }
    case 'list':
      return `${formatCount(namesOf(values.list).length)} names of your list`;
    case 'upload':
      return file === null ? 'A file, still to be chosen' : `The file ${file.name}`;
    case 'campaigns':
      return values.inputCampaignIds.length === 1
        ? 'Names of another campaign'
        : `Names of ${values.inputCampaignIds.length} other campaigns`;
  }
}

function patternText(values: WizardValues): string {
  const { pattern, constantPart, prefixVariableLength, suffixVariableLength, tlds } = patternOf(values);
  const before = pattern === 'suffix' ? '' : `[${prefixVariableLength} characters] `;
  const after = pattern === 'prefix' ? '' : ` [${suffixVariableLength} characters]`;
  return `${before}${constantPart}${after} under ${tlds.map((tld) => `.${tld}`).join(', ')}`;
}

/** Names of the personas and keyword sets that the phases use. */
function usePhaseSummary(): (config: PhaseConfig | undefined) => string {
  const personas = useQuery(trpc.personas.list.queryOptions({ limit: 200 }));
  const sets = useQuery(trpc.keywordSets.list.queryOptions({ limit: 200 }));
  return (config) => {
    if (config === undefined) return 'Defaults';
    if (config.keywordSetIds !== undefined) {
      const names = config.keywordSetIds.map(
        (id) => sets.data?.items.find((set) => set.keywordSetId === id)?.name ?? 'a keyword set',
      );
      return `${names.length === 0 ? 'No keyword sets' : names.join(', ')}; leads from a score of ${config.minScore}`;
    }
    const nameOf = (id: string | null | undefined): string | null =>
      id === null || id === undefined
        ? null
        : (personas.data?.items.find((persona) => persona.personaId === id)?.name ?? 'a persona');
    const resolvers = nameOf(config.dnsPersonaId);
    const persona = nameOf(config.personaId) ?? 'Default persona';
    return resolvers === null ? persona : `${persona}; resolvers of ${resolvers}`;
  };
}

/** All that was chosen, before it is made. */
export function StepReview({ file, configs }: { file: File | null; configs: PhaseConfigs }) {
  const { getValues } = useFormContext<WizardValues>();
  const values = getValues();
  const nameOf = usePhaseSummary();
  const phases = phasesOf(values.campaignType, values.source);
  return (
    <div className="space-y-5">
      <DefinitionList
        items={[
          [
            'Name',
            <span className="font-medium" key="name">
              {values.campaignName}
            </span>,
          ],
          ['Type', CAMPAIGN_PRESETS[values.campaignType].label],
          ['Names', namesText(values, file)],
          ...(values.source === 'pattern'
            ? [
                [
                  'Pattern',
                  <span className="font-mono text-xs" key="pattern">
                    {patternText(values)}
                  </span>,
                ] as const,
              ]
            : []),
          ['Mode', values.mode === 'full_sequence' ? 'Full sequence' : 'Step by step'],
        ]}
      />
      <section aria-labelledby="review-phases" className="border-t border-line pt-4">
        <h2 id="review-phases" className="mb-2 text-sm font-semibold">
          Phases
        </h2>
        <ol className="space-y-1 text-sm">
          {phases.map((phase, index) => (
            <li key={phase} className="flex gap-2">
              <span className="w-5 shrink-0 text-ink-faint">{index + 1}.</span>
              <span className="w-32 shrink-0 sm:w-36">{PHASE_LABELS[phase]}</span>
              <span className="min-w-0 text-ink-soft">
                {phase === 'generation'
                  ? 'Set by the pattern'
                  : values.mode === 'step_by_step'
                    ? 'Configured when its turn comes'
                    : nameOf(configs[phase])}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
