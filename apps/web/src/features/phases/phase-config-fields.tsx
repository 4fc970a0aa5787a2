import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { AnalysisFields } from './analysis-fields.tsx';
import { DnsFields } from './dns-fields.tsx';
import { HttpFields } from './http-fields.tsx';
import type { PhaseConfig, PhaseConfigError } from './phase-config.ts';
import { ShapingFields } from './shaping-fields.tsx';

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
        <div className="space-y-4">
          <DnsFields config={config} onChange={onChange} errorAt={errorAt} />
          <ShapingFields
            phase="dns"
            value={config.shaping ?? null}
            onChange={(shaping) => onChange({ ...config, shaping })}
            error={errorAt('shaping')}
          />
        </div>
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
