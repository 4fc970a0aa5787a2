import { CAMPAIGN_PRESETS, phasesOf } from '@domainflow/domain/campaign/types.ts';
import { wordListIdsOf } from '@domainflow/domain/generation/pattern.ts';
import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import { useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import type { Inputs } from '../../lib/contract.ts';
import { formatBigCount, formatCount } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import type { PhaseConfig } from '../phases/phase-config.ts';
import { PHASE_LABELS } from '../phases/phase-labels.ts';
import { choiceOf, SHAPING_LABELS } from '../phases/shaping-choice.ts';
import { namesOf } from '../refusals/refusals.ts';
import { describePattern } from './describe-pattern.ts';
import { ForecastCard } from './forecast-card.tsx';
import { type PatternFields, patternOf } from './pattern-values.ts';
import type { PhaseConfigs, WizardValues } from './wizard-values.ts';

function namesText(values: WizardValues, file: File | null): string {
  switch (values.source) {
    case 'pattern': {
      const { target } = values.pattern;
      const from =
        values.pattern.start === 'resume'
          ? 'from where it stopped'
          : `from offset ${formatBigCount(values.pattern.startOffset.trim())}`;
      return target === ''
        ? `All names of the pattern, ${from}`
        : `Up to ${formatBigCount(target)} offsets of the pattern, ${from}`;
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

/** The pattern in a line, with the names of the stored lists that it takes words of. */
function PatternText({ fields }: { fields: PatternFields }) {
  const pattern = patternOf(fields);
  const lists = useQuery(
    trpc.wordLists.list.queryOptions({ limit: 500 }, { enabled: wordListIdsOf(pattern).length > 0 }),
  );
  const nameOfList = (id: string): string =>
    lists.data?.items.find((list) => list.wordListId === id)?.name ?? 'a stored list';
  return <span className="font-mono text-xs">{describePattern(pattern, nameOfList)}</span>;
}

/** Names of the personas, keyword sets and score profile that the phases use. */
function usePhaseSummary(): (config: PhaseConfig | undefined) => string {
  const personas = useQuery(trpc.personas.list.queryOptions({ limit: 200 }));
  const sets = useQuery(trpc.keywordSets.list.queryOptions({ limit: 200 }));
  const profiles = useQuery(trpc.scoreProfiles.list.queryOptions({ limit: 200 }));
  return (config) => {
    if (config === undefined) return 'Defaults';
    if (config.keywordSetIds !== undefined) {
      const names = config.keywordSetIds.map(
        (id) => sets.data?.items.find((set) => set.keywordSetId === id)?.name ?? 'a keyword set',
      );
      const { scoreProfileId = null } = config;
      const profile =
        scoreProfileId === null
          ? ''
          : `; scored by ${profiles.data?.items.find((each) => each.scoreProfileId === scoreProfileId)?.name ?? 'a score profile'}`;
      return `${names.length === 0 ? 'No keyword sets' : names.join(', ')}${profile}; leads from a score of ${config.minScore}`;
    }
    const nameOf = (id: string | null | undefined): string | null =>
      id === null || id === undefined
        ? null
        : (personas.data?.items.find((persona) => persona.personaId === id)?.name ?? 'a persona');
    const resolvers = nameOf(config.dnsPersonaId);
    const persona = nameOf(config.personaId) ?? 'Default persona';
    const choice = choiceOf(config.shaping);
    const shaping = choice === 'persona' ? '' : `; traffic shaping: ${SHAPING_LABELS[choice].toLowerCase()}`;
    return `${persona}${resolvers === null ? '' : `; resolvers of ${resolvers}`}${shaping}`;
  };
}

function forecastInputOf(values: WizardValues, configs: PhaseConfigs): Inputs['campaigns']['forecast'] {
  // Step by step, the phases are configured later: the forecast is by the default personas.
  const isConfigured = values.mode === 'full_sequence';
  return {
    pattern: patternOf(values.pattern),
    campaignType: values.campaignType === 'generation' ? 'generation' : 'pipeline',
    dnsPersonaId: isConfigured ? (configs.dns?.personaId ?? null) : null,
    httpPersonaId: isConfigured ? (configs.http?.personaId ?? null) : null,
    dnsShaping: isConfigured ? (configs.dns?.shaping ?? null) : null,
    httpShaping: isConfigured ? (configs.http?.shaping ?? null) : null,
  };
}

const isShaped = (configs: PhaseConfigs): boolean =>
  [configs.dns?.shaping, configs.http?.shaping].some(
    (shaping) => !['persona', 'off'].includes(choiceOf(shaping)),
  );

interface StepReviewProps {
  file: File | null;
  configs: PhaseConfigs;
  /** Brings a person to a step, where something is to be put right. */
  onGoTo: (step: number) => void;
}

/** All that was chosen, before it is made, with what it would come to. */
export function StepReview({ file, configs, onGoTo }: StepReviewProps) {
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
            ? [['Pattern', <PatternText key="pattern" fields={values.pattern} />] as const]
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
      {values.source === 'pattern' ? (
        <ForecastCard
          input={forecastInputOf(values, configs)}
          isShaped={values.mode === 'full_sequence' && isShaped(configs)}
          onGoTo={onGoTo}
        />
      ) : null}
    </div>
  );
}
