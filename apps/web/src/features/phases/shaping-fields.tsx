import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { ChoiceCards } from '@domainflow/ui/primitives/choice-cards.tsx';
import { AdvancedSection } from '../shell/advanced-section.tsx';
import { QuietHoursFields } from './quiet-hours-fields.tsx';
import {
  choiceOf,
  SHAPING_CHOICES,
  SHAPING_LABELS,
  type ShapedPhase,
  type ShapingChoice,
  type ShapingInput,
  shapingFacts,
  shapingFor,
  shapingProblems,
  valuesOf,
} from './shaping-choice.ts';
import { ShapingOwnFields } from './shaping-own-fields.tsx';

const HINTS: Readonly<Record<ShapingChoice, string>> = {
  persona: 'None, where the persona says nothing of it.',
  off: 'Full speed within the persona’s limits, whatever else it says.',
  gentle: 'Nobody is asked more than a busy visitor asks; the campaign stays fast.',
  discreet: 'A few starts a second, in random order and without a rhythm.',
  own: 'Order, rhythm, turns, caps and quiet hours one by one.',
};

interface ShapingFieldsProps {
  phase: ShapedPhase;
  value: ShapingInput | null;
  onChange: (shaping: ShapingInput | null) => void;
  /** The API's complaint. */
  error: string | undefined;
  /** Of a persona, which has none to leave it to. */
  isOfPersona?: boolean;
}

const NONE = 'None';
const NONE_HINT = 'Full speed within the limits above, where a campaign says nothing of its own.';

/** How the traffic of a phase looks to those who see it. */
export function ShapingFields({ phase, value, onChange, error, isOfPersona = false }: ShapingFieldsProps) {
  const choice = choiceOf(value);
  const values = valuesOf(value);
  const problems = shapingProblems(value);
  const errorAt = (path: string): string | undefined => problems.get(path);
  const labelOf = (each: ShapingChoice): string =>
    isOfPersona && each === 'persona' ? NONE : SHAPING_LABELS[each];
  const hintOf = (each: ShapingChoice): string =>
    isOfPersona && each === 'persona' ? NONE_HINT : HINTS[each];
  // In a persona `off` says the same as nothing.
  const offered = SHAPING_CHOICES.filter((each) => !isOfPersona || each !== 'off' || choice === 'off');
  const isShaped = choice !== 'persona' && choice !== 'off';
  return (
    <AdvancedSection
      title={
        <>
          Traffic shaping
          <Badge tone={isShaped ? 'accent' : 'neutral'}>{labelOf(choice)}</Badge>
        </>
      }
      hasError={error !== undefined || problems.size > 0}
    >
      {error === undefined ? null : (
        <p role="alert" className="text-xs text-bad-ink">
          {error}
        </p>
      )}
      <ChoiceCards
        legend="How it is sent"
        value={choice}
        onChange={(next) => onChange(shapingFor(next, value))}
        choices={offered.map((each) => ({
          value: each,
          label: labelOf(each),
          hint: hintOf(each),
        }))}
      />
      {choice === 'gentle' || choice === 'discreet' ? (
        <ul className="list-disc space-y-0.5 pl-5 text-xs text-ink-soft">
          {shapingFacts({ ...values, quietHours: null }, phase).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      ) : null}
      {choice === 'own' ? (
        <ShapingOwnFields phase={phase} values={values} onChange={onChange} errorAt={errorAt} />
      ) : null}
      {isShaped ? (
        <QuietHoursFields
          value={values.quietHours}
          onChange={(quietHours) => onChange({ ...value, quietHours })}
          errorAt={(field) => errorAt(`quietHours.${field}`)}
        />
      ) : null}
    </AdvancedSection>
  );
}
