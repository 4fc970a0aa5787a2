import type { ScoreProfile } from '@domainflow/domain/scoring/score-profile.ts';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useIsNarrow } from '../shell/use-is-narrow.ts';
import { NamedWeights } from './named-weights.tsx';
import { WeightField } from './weight-field.tsx';
import { WEIGHT_SECTIONS } from './weight-sections.ts';
import { weightAt, withWeight } from './weights.ts';

interface WeightsFormProps {
  weights: ScoreProfile;
  errors: ReadonlyMap<string, string>;
  onChange: (weights: ScoreProfile) => void;
}

/** Names of technologies and of their categories, to choose from. */
function useTechnologyNames(): { readonly names: string[]; readonly categories: string[] } {
  const known = useQuery(trpc.technologies.list.queryOptions({ limit: 1_000 }, { staleTime: 600_000 }));
  const items = known.data?.items ?? [];
  return {
    names: items.map(({ name }) => name),
    categories: [...new Set(items.flatMap(({ categories }) => categories))].sort(),
  };
}

function Named({ weights, onChange }: Omit<WeightsFormProps, 'errors'>) {
  const { names, categories } = useTechnologyNames();
  return (
    <div className="grid gap-4 pt-2 md:grid-cols-2">
      <NamedWeights
        title="By category"
        hint="Of several categories the one with the most points counts."
        what="Category"
        unit="Points"
        first={5}
        values={weights.technologies.byCategory}
        suggestions={categories}
        onChange={(values) => onChange(withWeight(weights, 'technologies.byCategory', values))}
      />
      <NamedWeights
        title="By name"
        hint="A name goes before its categories."
        what="Technology"
        unit="Points"
        first={5}
        values={weights.technologies.byName}
        suggestions={names}
        onChange={(values) => onChange(withWeight(weights, 'technologies.byName', values))}
      />
    </div>
  );
}

function SinceYear({ weights, errors, onChange }: WeightsFormProps) {
  const { sinceYear } = weights.freshness;
  return (
    <Field
      label="Fresh since the year"
      hint="Empty: it does not count."
      error={errors.get('freshness.sinceYear')}
      className="max-w-64"
    >
      {(field) => (
        <Input
          {...field}
          type="number"
          inputMode="numeric"
          value={sinceYear === null || Number.isNaN(sinceYear) ? '' : sinceYear}
          onChange={(event) =>
            onChange(
              withWeight(
                weights,
                'freshness.sinceYear',
                event.target.value === '' ? null : event.target.valueAsNumber,
              ),
            )
          }
        />
      )}
    </Field>
  );
}

function Wanted({ weights, errors, onChange }: WeightsFormProps) {
  const errorOf = (path: string): string | undefined =>
    [...errors].find(([each]) => each === path || each.startsWith(`${path}.`))?.[1];
  return (
    <div className="grid gap-3 pt-2 sm:grid-cols-2">
      <Field label="Wanted languages" error={errorOf('match.languages')}>
        {(control) => (
          <ChipsInput
            control={control}
            values={weights.match.languages}
            normalise={(code) => code.toLowerCase()}
            placeholder="de, en"
            onChange={(values) => onChange(withWeight(weights, 'match.languages', values))}
          />
        )}
      </Field>
      <Field label="Wanted countries" error={errorOf('match.countries')}>
        {(control) => (
          <ChipsInput
            control={control}
            values={weights.match.countries}
            normalise={(code) => code.toUpperCase()}
            placeholder="DE, AT"
            onChange={(values) => onChange(withWeight(weights, 'match.countries', values))}
          />
        )}
      </Field>
    </div>
  );
}

/** What stands in a section besides its numbers. */
function extras(key: (typeof WEIGHT_SECTIONS)[number]['key'], props: WeightsFormProps): ReactNode {
  const { weights, onChange } = props;
  switch (key) {
    case 'keywords':
      return (
        <div className="pt-2">
          <NamedWeights
            title="By category"
            hint="Keywords of these categories count times the factor; all others times 1."
            what="Category"
            unit="Factor"
            first={1}
            values={weights.keywords.categoryFactor}
            onChange={(values) => onChange(withWeight(weights, 'keywords.categoryFactor', values))}
          />
        </div>
      );
    case 'technologies':
      return <Named weights={weights} onChange={onChange} />;
    case 'freshness':
      return <SinceYear {...props} />;
    case 'match':
      return <Wanted {...props} />;
    case 'contacts':
    case 'quality':
    case 'parked':
      return null;
  }
}

/** Every weight of a profile, by what it rewards. */
export function WeightsForm(props: WeightsFormProps) {
  const { weights, errors, onChange } = props;
  const isNarrow = useIsNarrow();
  return (
    <div className="space-y-3">
      {WEIGHT_SECTIONS.map((section) => (
        <Card key={section.key} aria-label={section.title}>
          <details open={!isNarrow || section.key === 'keywords'} className="group">
            <summary className="flex items-center justify-between gap-3 rounded-lg p-4 [&::-webkit-details-marker]:hidden">
              <span>
                <span role="heading" aria-level={2} className="block text-sm font-semibold">
                  {section.title}
                </span>
                <span className="block text-xs text-ink-faint">{section.hint}</span>
              </span>
              <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint group-open:rotate-180" />
            </summary>
            <div className="space-y-2 px-4 pb-4">
              {section.fields.map((spec) => (
                <WeightField
                  key={spec.path}
                  spec={spec}
                  value={Number(weightAt(weights, spec.path))}
                  error={errors.get(spec.path)}
                  onChange={(value) => onChange(withWeight(weights, spec.path, value))}
                />
              ))}
              {extras(section.key, props)}
            </div>
          </details>
        </Card>
      ))}
    </div>
  );
}
