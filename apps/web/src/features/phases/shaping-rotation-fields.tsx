import { PROXY_ROTATIONS } from '@domainflow/domain/http/proxy-pool.ts';
import type { PersonaId } from '@domainflow/domain/ids.ts';
import type { Shaping } from '@domainflow/domain/shaping/shaping-schema.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { NumberInput } from './number-input.tsx';
import type { ShapingPartProps } from './shaping-choice.ts';

const PROXY_LABELS: Readonly<Record<(typeof PROXY_ROTATIONS)[number], string>> = {
  round_robin: 'One after the other',
  random: 'At random',
  sticky: 'The same for a target',
  least_used: 'The least used',
};

/** Who takes turns, and how often. */
export function ShapingRotationFields({ phase, values, onChange, errorAt }: ShapingPartProps) {
  const personas = useQuery(trpc.personas.list.queryOptions({ kind: phase, limit: 200 }));
  const { rotation } = values;
  const change = (changed: Partial<Shaping['rotation']>): void =>
    onChange({ ...values, rotation: { ...rotation, ...changed } });
  const toggle = (personaId: string, isChosen: boolean): void => {
    const others = rotation.personaIds.filter((each) => each !== personaId);
    // The list of personas gives ids as plain text; they are the brand's.
    change({ personaIds: isChosen ? [...others, personaId as PersonaId] : others });
  };
  const known = personas.data?.items;
  const gone = rotation.personaIds.filter(
    (id) => known !== undefined && !known.some(({ personaId }) => personaId === id),
  );
  const isRotating =
    rotation.personaIds.length > 0 || (phase === 'dns' ? rotation.resolvers : rotation.proxies !== null);
  return (
    <fieldset className="space-y-3">
      <legend className="text-sm font-medium">Taking turns</legend>
      {phase === 'dns' ? (
        <Checkbox
          label="Resolvers"
          hint="The resolvers of the persona take turns as the one that is asked first."
          checked={rotation.resolvers}
          onChange={(event) => change({ resolvers: event.target.checked })}
        />
      ) : (
        <Field label="Proxies of the pool">
          {(field) => (
            <Select
              {...field}
              value={rotation.proxies ?? ''}
              onChange={(event) =>
                change({ proxies: PROXY_ROTATIONS.find((each) => each === event.target.value) ?? null })
              }
            >
              <option value="">As the pool says</option>
              {PROXY_ROTATIONS.map((each) => (
                <option key={each} value={each}>
                  {PROXY_LABELS[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {personas.error === null ? null : (
        <ErrorNotice error={personas.error} title="The personas could not be loaded" />
      )}
      <details open={rotation.personaIds.length > 0}>
        <summary className="text-sm">
          Further personas{rotation.personaIds.length > 0 ? ` (${rotation.personaIds.length})` : ''}
        </summary>
        <div className="mt-2 grid gap-x-4 gap-y-2 sm:grid-cols-2">
          {personas.data?.items.map((persona) => (
            <Checkbox
              key={persona.personaId}
              label={persona.name}
              checked={rotation.personaIds.some((each) => each === persona.personaId)}
              onChange={(event) => toggle(persona.personaId, event.target.checked)}
            />
          ))}
          {gone.map((personaId) => (
            <Checkbox
              key={personaId}
              label="A persona that is gone"
              hint="It was deleted: the phase cannot start with it."
              checked
              onChange={() => toggle(personaId, false)}
            />
          ))}
        </div>
        {errorAt('rotation.personaIds') === undefined ? null : (
          <p role="alert" className="mt-1 text-xs text-bad-ink">
            {errorAt('rotation.personaIds')}
          </p>
        )}
      </details>
      {isRotating ? (
        <div className="flex flex-wrap items-start gap-3">
          <div className="flex flex-col gap-1">
            <p className="text-sm">They change</p>
            <Segmented
              isField
              label="When turns change"
              value={rotation.every}
              onChange={(every) => change({ every })}
              options={[
                { value: 'domain', label: 'With each domain' },
                { value: 'slice', label: 'After a time' },
              ]}
            />
          </div>
          {rotation.every === 'slice' ? (
            <Field label="Seconds" className="w-28" error={errorAt('rotation.sliceMs')}>
              {(field) => (
                <NumberInput
                  {...field}
                  value={rotation.sliceMs / 1_000}
                  onChange={(seconds) => change({ sliceMs: Math.round(seconds * 1_000) })}
                />
              )}
            </Field>
          ) : null}
        </div>
      ) : null}
    </fieldset>
  );
}
