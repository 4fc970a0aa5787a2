import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { toAppError } from '../../lib/app-error.ts';
import { configErrorOf, type PhaseConfigError } from '../phases/phase-config.ts';
import { formFieldOf, type Strategy } from './pattern-values.ts';
import { STEP } from './steps.ts';

/** Where in the wizard an answer's complaint is shown: at a field of the form, at the names as a whole, or at a phase. */
export type ProblemPlace =
  | { readonly step: number; readonly at: 'field'; readonly field: 'campaignName' | 'pattern' }
  | { readonly step: number; readonly at: 'names' }
  | {
      readonly step: number;
      readonly at: 'phase';
      readonly phase: PhaseName;
      readonly problem: PhaseConfigError;
    }
  /** The step is known, but nothing on it shows what is wrong. */
  | { readonly step: number; readonly at: 'step' };

/** The place that the API's complaint belongs to; null where it is about none of what was put in. */
export function placeOfProblem(error: unknown, strategy: Strategy): ProblemPlace | null {
  const { field } = toAppError(error);
  if (field === null) return null;
  if (field === 'campaignName') return { step: STEP.campaign, at: 'field', field };
  if (field.startsWith('input.pattern.')) {
    const name = formFieldOf(field.slice('input.pattern.'.length), strategy);
    // Fields of lists stand at paths that the form knows, but its types do not.
    return name === null
      ? { step: STEP.names, at: 'step' }
      : { step: STEP.names, at: 'field', field: `pattern.${name}` as 'pattern' };
  }
  if (field.startsWith('input') || field === 'file') return { step: STEP.names, at: 'names' };
  if (!field.startsWith('phases.')) return null;
  const phase = PHASE_NAMES.find((name) => field.split('.')[1] === name);
  const problem = phase === undefined ? null : configErrorOf(error, phase, `phases.${phase}`);
  return phase === undefined || problem === null
    ? { step: STEP.phases, at: 'step' }
    : { step: STEP.phases, at: 'phase', phase, problem };
}
