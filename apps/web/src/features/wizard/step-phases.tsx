import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { ChoiceCards } from '@domainflow/ui/primitives/choice-cards.tsx';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { LabHint } from '../lab/lab-hint.tsx';
import { defaultPhaseConfig, type PhaseConfigError } from '../phases/phase-config.ts';
import { PhaseConfigFields } from '../phases/phase-config-fields.tsx';
import { PHASE_LABELS } from '../phases/phase-labels.ts';
import { configurablePhases, type PhaseConfigs, type WizardValues } from './wizard-values.ts';

interface StepPhasesProps {
  configs: PhaseConfigs;
  /** Gives the settings that change. */
  onChange: (changed: PhaseConfigs) => void;
  /** The API's complaint about a phase. */
  errors: Partial<Record<PhaseName, PhaseConfigError>>;
}

/** How the phases run. */
export function StepPhases({ configs, onChange, errors }: StepPhasesProps) {
  const { control } = useFormContext<WizardValues>();
  const [campaignType, source, mode] = useWatch<WizardValues, ['campaignType', 'source', 'mode']>({
    name: ['campaignType', 'source', 'mode'],
  });
  const phases = configurablePhases({ campaignType, source });
  return (
    <div className="space-y-5">
      <Controller
        control={control}
        name="mode"
        render={({ field }) => (
          <ChoiceCards
            legend="Mode"
            value={field.value}
            onChange={field.onChange}
            choices={[
              {
                value: 'full_sequence',
                label: 'Full sequence',
                hint: 'Each phase starts as the one before completes.',
              },
              {
                value: 'step_by_step',
                label: 'Step by step',
                hint: 'You configure and start each phase after looking at the one before.',
              },
            ]}
          />
        )}
      />
      {mode === 'step_by_step' && phases.length > 0 ? (
        <Notice tone="accent">
          {phases.map((phase) => PHASE_LABELS[phase]).join(', ')}: configured on the campaign’s page, when
          their turn comes.
        </Notice>
      ) : null}
      {mode === 'full_sequence' ? <LabHint phases={phases} configs={configs} onChange={onChange} /> : null}
      {mode === 'full_sequence'
        ? phases.map((phase) => (
            <section key={phase} aria-labelledby={`phase-${phase}`} className="border-t border-line pt-4">
              <h2 id={`phase-${phase}`} className="mb-3 text-sm font-semibold">
                {PHASE_LABELS[phase]}
              </h2>
              <PhaseConfigFields
                phase={phase}
                phases={phases}
                config={configs[phase] ?? defaultPhaseConfig(phase)}
                onChange={(config) => onChange({ [phase]: config })}
                error={errors[phase]}
              />
            </section>
          ))
        : null}
      {phases.length === 0 ? (
        <p className="text-sm text-ink-soft">Generation has no settings besides the pattern.</p>
      ) : null}
    </div>
  );
}
