import { type QuietHours, WEEKDAYS } from '@domainflow/domain/shaping/quiet-hours.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import clsx from 'clsx';
import { useId } from 'react';

const DAY_LABELS: Readonly<Record<(typeof WEEKDAYS)[number], { short: string; long: string }>> = {
  mon: { short: 'Mo', long: 'Monday' },
  tue: { short: 'Tu', long: 'Tuesday' },
  wed: { short: 'We', long: 'Wednesday' },
  thu: { short: 'Th', long: 'Thursday' },
  fri: { short: 'Fr', long: 'Friday' },
  sat: { short: 'Sa', long: 'Saturday' },
  sun: { short: 'Su', long: 'Sunday' },
};

const nightHere = (): QuietHours => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  from: '22:00',
  to: '06:00',
  days: [...WEEKDAYS],
});

interface QuietHoursFieldsProps {
  value: QuietHours | null;
  onChange: (value: QuietHours | null) => void;
  errorAt: (field: string) => string | undefined;
}

/** When nothing is sent: the phase waits, and goes on by itself. */
export function QuietHoursFields({ value, onChange, errorAt }: QuietHoursFieldsProps) {
  const zones = useId();
  return (
    <div className="space-y-3">
      <Checkbox
        label="Quiet hours"
        hint="Nothing is sent then: the phase waits, and goes on by itself."
        checked={value !== null}
        onChange={(event) => onChange(event.target.checked ? nightHere() : null)}
      />
      {value === null ? null : (
        <div className="space-y-3 pl-6">
          <div className="grid grid-cols-2 gap-3">
            <Field label="From" error={errorAt('from')}>
              {(field) => (
                <Input
                  {...field}
                  type="time"
                  value={value.from}
                  onChange={(event) => onChange({ ...value, from: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="To"
              error={errorAt('to')}
              hint={value.to < value.from ? 'On the next day.' : undefined}
            >
              {(field) => (
                <Input
                  {...field}
                  type="time"
                  value={value.to}
                  onChange={(event) => onChange({ ...value, to: event.target.value })}
                />
              )}
            </Field>
          </div>
          <Field label="Time zone" error={errorAt('timeZone')} hint="By the clock on the wall there.">
            {(field) => (
              <>
                <Input
                  {...field}
                  list={zones}
                  value={value.timeZone}
                  autoComplete="off"
                  placeholder="Europe/Berlin"
                  onChange={(event) => onChange({ ...value, timeZone: event.target.value })}
                />
                <datalist id={zones}>
                  {Intl.supportedValuesOf('timeZone').map((zone) => (
                    <option key={zone} value={zone} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
          <fieldset>
            <legend className="mb-1 text-sm font-medium">Days on which they begin</legend>
            <div className="flex flex-wrap gap-1">
              {WEEKDAYS.map((day) => (
                <label
                  key={day}
                  title={DAY_LABELS[day].long}
                  className={clsx(
                    'flex h-8 w-10 cursor-pointer items-center justify-center rounded-md text-xs font-medium ring-1 transition-colors ring-inset',
                    'has-focus-visible:outline-2 has-focus-visible:outline-accent',
                    value.days.includes(day)
                      ? 'bg-accent-soft text-accent-ink ring-accent'
                      : 'bg-surface text-ink-soft ring-line hover:bg-sunken',
                  )}
                >
                  <input
                    type="checkbox"
                    aria-label={DAY_LABELS[day].long}
                    checked={value.days.includes(day)}
                    onChange={(event) =>
                      onChange({
                        ...value,
                        days: WEEKDAYS.filter((each) =>
                          each === day ? event.target.checked : value.days.includes(each),
                        ),
                      })
                    }
                    className="sr-only"
                  />
                  <span aria-hidden>{DAY_LABELS[day].short}</span>
                </label>
              ))}
            </div>
            {errorAt('days') === undefined ? null : (
              <p role="alert" className="mt-1 text-xs text-bad-ink">
                {errorAt('days')}
              </p>
            )}
          </fieldset>
        </div>
      )}
    </div>
  );
}
