import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { NumberInput } from './number-input.tsx';
import type { PhaseConfig } from './phase-config.ts';
import { ScoreProfileField } from './score-profile-field.tsx';

interface AnalysisFieldsProps {
  config: PhaseConfig;
  onChange: (config: PhaseConfig) => void;
  errorAt: (field: keyof PhaseConfig) => string | undefined;
}

/** What pages are read for, and from which score they are leads. */
export function AnalysisFields({ config, onChange, errorAt }: AnalysisFieldsProps) {
  const sets = useQuery(trpc.keywordSets.list.queryOptions({ limit: 200 }));
  const chosen = config.keywordSetIds ?? [];
  const known = sets.data?.items;
  const gone =
    known === undefined ? [] : chosen.filter((id) => !known.some((set) => set.keywordSetId === id));
  const { minScore = Number.NaN } = config;
  const toggle = (id: string, isChosen: boolean): void =>
    onChange({
      ...config,
      keywordSetIds: isChosen ? [...chosen, id] : chosen.filter((each) => each !== id),
    });
  const setsError = errorAt('keywordSetIds');
  return (
    <div className="space-y-4">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">Keyword sets</legend>
        {sets.isPending ? <Skeleton className="h-10 w-full" /> : null}
        {sets.error === null ? null : (
          <ErrorNotice error={sets.error} title="The keyword sets could not be loaded" />
        )}
        {setsError === undefined ? null : (
          <p role="alert" className="mb-1.5 text-xs text-bad-ink">
            {setsError}
          </p>
        )}
        {sets.data?.items.length === 0 ? (
          <p className="text-sm text-ink-soft">
            There are none yet: pages are scored by contacts and technologies alone.
          </p>
        ) : null}
        <div className="grid gap-2 sm:grid-cols-2">
          {sets.data?.items.map((set) => (
            <Checkbox
              key={set.keywordSetId}
              label={set.name}
              hint={countOf(set.activeRuleCount, 'rule')}
              checked={chosen.includes(set.keywordSetId)}
              onChange={(event) => toggle(set.keywordSetId, event.target.checked)}
            />
          ))}
          {gone.map((id) => (
            <Checkbox
              key={id}
              label="A set that is gone"
              hint="It was deleted: the phase cannot run with it."
              checked
              onChange={() => toggle(id, false)}
            />
          ))}
        </div>
      </fieldset>
      <ScoreProfileField
        value={config.scoreProfileId ?? null}
        onChange={(scoreProfileId) => onChange({ ...config, scoreProfileId })}
        error={errorAt('scoreProfileId')}
      />
      <Field
        label="Least score of a lead"
        hint="0 to 100. Pages below it are kept, but are not leads."
        error={errorAt('minScore')}
      >
        {(control) => (
          <NumberInput
            {...control}
            className="max-w-60"
            max={100}
            step={1}
            value={minScore}
            onChange={(least) => onChange({ ...config, minScore: least })}
          />
        )}
      </Field>
    </div>
  );
}
