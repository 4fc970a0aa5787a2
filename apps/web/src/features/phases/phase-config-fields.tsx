import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select } from '@domainflow/ui/primitives/input.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import type { PhaseConfig } from './phase-config.ts';

interface PersonaFieldProps {
  kind: 'dns' | 'http';
  value: string | null;
  onChange: (personaId: string | null) => void;
  error?: string | null | undefined;
}

function PersonaField({ kind, value, onChange, error }: PersonaFieldProps) {
  const personas = useQuery(trpc.personas.list.queryOptions({ kind, limit: 200 }));
  const items = personas.data?.items ?? [];
  const standard = items.find((persona) => persona.isDefault);
  const chosen = items.find((persona) => persona.personaId === value) ?? standard;
  return (
    <div className="space-y-2">
      <Field
        label={kind === 'dns' ? 'DNS persona' : 'HTTP persona'}
        error={error}
        hint={chosen?.description === '' ? undefined : chosen?.description}
      >
        {(control) => (
          <Select
            {...control}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">Default{standard === undefined ? '' : `: ${standard.name}`}</option>
            {items.map((persona) => (
              <option key={persona.personaId} value={persona.personaId}>
                {persona.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {personas.error === null ? null : (
        <ErrorNotice error={personas.error} title="The personas could not be loaded" />
      )}
    </div>
  );
}

interface AnalysisFieldsProps {
  keywordSetIds: readonly string[];
  minScore: number;
  onChange: (config: PhaseConfig) => void;
}

function AnalysisFields({ keywordSetIds, minScore, onChange }: AnalysisFieldsProps) {
  const sets = useQuery(trpc.keywordSets.list.queryOptions({ limit: 200 }));
  const toggle = (id: string, isChosen: boolean): void =>
    onChange({
      keywordSetIds: isChosen ? [...keywordSetIds, id] : keywordSetIds.filter((each) => each !== id),
      minScore,
    });
  return (
    <div className="space-y-4">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">Keyword sets</legend>
        {sets.isPending ? <Skeleton className="h-10 w-full" /> : null}
        {sets.error === null ? null : (
          <ErrorNotice error={sets.error} title="The keyword sets could not be loaded" />
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
              hint={`${set.activeRuleCount} ${set.activeRuleCount === 1 ? 'rule' : 'rules'}`}
              checked={keywordSetIds.includes(set.keywordSetId)}
              onChange={(event) => toggle(set.keywordSetId, event.target.checked)}
            />
          ))}
        </div>
      </fieldset>
      <Field
        label="Least score of a lead"
        hint="0 to 100. Pages below it are kept, but are not leads."
        className="max-w-60"
      >
        {(control) => (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={0}
            max={100}
            value={Number.isNaN(minScore) ? '' : minScore}
            onChange={(event) =>
              onChange({ keywordSetIds: [...keywordSetIds], minScore: event.target.valueAsNumber })
            }
          />
        )}
      </Field>
    </div>
  );
}

interface PhaseConfigFieldsProps {
  phase: PhaseName;
  config: PhaseConfig;
  onChange: (config: PhaseConfig) => void;
  error?: string | null | undefined;
}

/** The settings of one phase, in the wizard and on the campaign's page. */
export function PhaseConfigFields({ phase, config, onChange, error }: PhaseConfigFieldsProps) {
  switch (phase) {
    case 'generation':
      return <p className="text-sm text-ink-soft">Set by the campaign’s pattern.</p>;
    case 'dns':
    case 'http':
      return (
        <PersonaField
          kind={phase}
          value={config.personaId ?? null}
          onChange={(personaId) => onChange({ personaId })}
          error={error}
        />
      );
    case 'analysis':
      return (
        <AnalysisFields
          keywordSetIds={config.keywordSetIds ?? []}
          minScore={config.minScore ?? 20}
          onChange={onChange}
        />
      );
  }
}
