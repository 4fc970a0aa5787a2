import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { AnalysisFields } from './analysis-fields.tsx';
import { HttpFields } from './http-fields.tsx';
import { PersonaField } from './persona-field.tsx';
import type { PhaseConfig, PhaseConfigError } from './phase-config.ts';

interface PhaseConfigFieldsProps {
  phase: PhaseName;
  /** All phases of the campaign: what one is asked for depends on the others. */
  phases: readonly PhaseName[];
  config: PhaseConfig;
  /** Gives the whole settings, with the one field changed. */
  onChange: (config: PhaseConfig) => void;
  error?: PhaseConfigError | null | undefined;
}

/** The settings of one phase, in the wizard and on the campaign's page. */
export function PhaseConfigFields({ phase, phases, config, onChange, error }: PhaseConfigFieldsProps) {
  const errorAt = (field: keyof PhaseConfig): string | undefined =>
    error?.field === field ? error.message : undefined;
  switch (phase) {
    case 'generation':
      return <p className="text-sm text-ink-soft">Set by the campaign’s pattern.</p>;
    case 'dns':
      return (
        <PersonaField
          kind="dns"
          label="DNS persona"
          value={config.personaId ?? null}
          onChange={(personaId) => onChange({ ...config, personaId })}
          error={errorAt('personaId')}
        />
      );
    case 'http':
      return (
        <HttpFields
          config={config}
          hasDnsPhase={phases.includes('dns')}
          onChange={onChange}
          errorAt={errorAt}
        />
      );
    case 'analysis':
      return <AnalysisFields config={config} onChange={onChange} errorAt={errorAt} />;
  }
}
