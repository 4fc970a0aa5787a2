import { JITTER_DISTRIBUTIONS } from '@domainflow/domain/shaping/jitter.ts';
import type { Cap, CapKind, Shaping } from '@domainflow/domain/shaping/shaping-schema.ts';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { formatRate } from '../../lib/format.ts';
import { NumberInput } from './number-input.tsx';
import { CAP_LABELS, CAPS_OF, type ShapingPartProps } from './shaping-choice.ts';
import { ShapingRotationFields } from './shaping-rotation-fields.tsx';

const DISTRIBUTIONS: Readonly<Record<(typeof JITTER_DISTRIBUTIONS)[number], string>> = {
  none: 'None: as fast as limits allow',
  uniform: 'Uniform: anywhere around the mean',
  normal: 'Normal: mostly near the mean',
  exponential: 'Exponential: no rhythm at all',
};

/** Every setting by itself. */
export function ShapingOwnFields(props: ShapingPartProps) {
  return (
    <div className="space-y-5">
      <OrderField {...props} />
      <JitterFields {...props} />
      <CapFields {...props} />
      <ShapingRotationFields {...props} />
    </div>
  );
}

function OrderField({ values, onChange }: ShapingPartProps) {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-sm font-medium">Order of domains</p>
      <Segmented
        isField
        label="Order of domains"
        value={values.order}
        onChange={(order) => onChange({ ...values, order })}
        options={[
          { value: 'sequential', label: 'As they stand' },
          { value: 'random', label: 'Random' },
        ]}
      />
      <p className="text-xs text-ink-faint">Random: whoever sees the traffic cannot tell what comes next.</p>
    </div>
  );
}

function JitterFields({ values, onChange, errorAt }: ShapingPartProps) {
  const { jitter } = values;
  const isSpread = jitter.distribution === 'uniform' || jitter.distribution === 'normal';
  const speed = 1_000 / jitter.meanMs;
  const change = (changed: Partial<Shaping['jitter']>): void =>
    onChange({ ...values, jitter: { ...jitter, ...changed } });
  return (
    <fieldset className="space-y-3">
      <legend className="sr-only">Time between starts</legend>
      <Field label="Time between starts">
        {(field) => (
          <Select
            {...field}
            value={jitter.distribution}
            onChange={(event) => {
              const distribution = JITTER_DISTRIBUTIONS.find((each) => each === event.target.value);
              if (distribution !== undefined) change({ distribution });
            }}
          >
            {JITTER_DISTRIBUTIONS.map((distribution) => (
              <option key={distribution} value={distribution}>
                {DISTRIBUTIONS[distribution]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {jitter.distribution === 'none' ? null : (
        <div className="grid grid-cols-2 gap-3">
          <Field
            label="Mean, in ms"
            error={errorAt('jitter.meanMs')}
            hint={Number.isFinite(speed) ? `${formatRate(speed)}, all workers together` : undefined}
          >
            {(field) => (
              <NumberInput {...field} value={jitter.meanMs} onChange={(meanMs) => change({ meanMs })} />
            )}
          </Field>
          {isSpread ? (
            <Field
              label="Spread, in %"
              error={errorAt('jitter.spread') === undefined ? undefined : 'From 0 to 100'}
              hint={
                jitter.distribution === 'uniform' ? 'Half the width, of the mean.' : 'Deviation, of the mean.'
              }
            >
              {(field) => (
                <NumberInput
                  {...field}
                  value={Math.round(jitter.spread * 100)}
                  onChange={(percent) => change({ spread: percent / 100 })}
                />
              )}
            </Field>
          ) : null}
        </div>
      )}
    </fieldset>
  );
}

function CapFields({ phase, values, onChange, errorAt }: ShapingPartProps) {
  const change = (kind: CapKind, changed: Partial<Cap>): void => {
    const cap = { perSecond: null, concurrency: null, ...values.caps[kind], ...changed };
    const isEmpty = cap.perSecond === null && cap.concurrency === null;
    onChange({ ...values, caps: { ...values.caps, [kind]: isEmpty ? null : cap } });
  };
  return (
    <fieldset>
      <legend className="text-sm font-medium">At most, over all workers</legend>
      <p className="mb-2 text-xs text-ink-faint">
        Empty: no limit. Each worker takes its share of them, of what is at once at least one.
      </p>
      <div className="space-y-3">
        {CAPS_OF[phase].map((kind) => (
          <div key={kind} role="group" aria-label={`At ${CAP_LABELS[kind]}`}>
            <p className="mb-1 text-xs text-ink-soft first-letter:uppercase">{CAP_LABELS[kind]}</p>
            <div className="grid grid-cols-2 gap-3">
              {(['perSecond', 'concurrency'] as const).map((limit) => (
                <Field
                  key={limit}
                  label={limit === 'perSecond' ? 'A second' : 'At once'}
                  error={errorAt(`caps.${kind}.${limit}`)}
                >
                  {(field) => (
                    <NumberInput
                      {...field}
                      placeholder="no limit"
                      value={values.caps[kind]?.[limit] ?? Number.NaN}
                      onChange={(value) => change(kind, { [limit]: Number.isNaN(value) ? null : value })}
                    />
                  )}
                </Field>
              ))}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
