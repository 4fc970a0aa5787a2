import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Plus, X } from 'lucide-react';
import { type ClipboardEvent, useId } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { orNull } from '../../lib/form.ts';
import { type DnsPersonaValues } from './persona-schema.ts';
import { newAddresses } from './resolver-text.ts';

interface ResolverRowsProps {
  name: 'config.resolvers' | 'config.trustedResolvers';
  /** What one row is: `resolver`, `trusted resolver`. */
  what: string;
  legend: string;
  hint: string;
  placeholder: string;
}

/** Resolvers, one a row; a list that is pasted into an address becomes rows. */
export function ResolverRows({ name, what, legend, hint, placeholder }: ResolverRowsProps) {
  const hintId = useId();
  const { register, control, getValues, setValue, formState } = useFormContext<DnsPersonaValues>();
  const { fields, append, remove } = useFieldArray({ control, name });
  const list = name === 'config.resolvers' ? 'resolvers' : 'trustedResolvers';
  const problems = formState.errors.config?.[list];
  const paste = (event: ClipboardEvent, index: number): void => {
    const text = event.clipboardData.getData('text');
    const others = getValues(name).flatMap(({ address }, at) => (at === index ? [] : [address]));
    const [first, ...rest] = newAddresses(text, others);
    if (first === undefined || !/[\s,;]/.test(text.trim())) return;
    event.preventDefault();
    setValue(`${name}.${index}.address`, first, { shouldDirty: true });
    append(rest.map((address) => ({ address, weight: 1, queriesPerSecond: null })));
  };
  return (
    <fieldset aria-describedby={hintId}>
      <legend className="text-sm font-medium">{legend}</legend>
      <p id={hintId} className="mb-1.5 text-xs text-ink-faint">
        {hint}
      </p>
      {fields.length === 0 ? null : (
        <div
          aria-hidden
          className="mb-1 grid grid-cols-[minmax(0,1fr)_4rem_5rem_2rem] gap-1.5 text-xs text-ink-faint"
        >
          <span>Address</span>
          <span>Weight</span>
          <span>Queries/s</span>
        </div>
      )}
      <ul className="space-y-1.5">
        {fields.map((row, index) => {
          const fault = problems?.[index];
          const message =
            fault?.address?.message ?? fault?.weight?.message ?? fault?.queriesPerSecond?.message;
          const errorId = `${hintId}-${index}`;
          const described = message === undefined ? {} : { 'aria-describedby': errorId };
          return (
            <li key={row.id}>
              <div className="grid grid-cols-[minmax(0,1fr)_4rem_5rem_2rem] gap-1.5">
                <Input
                  {...register(`${name}.${index}.address`)}
                  {...described}
                  aria-label={`Address of ${what} ${index + 1}`}
                  aria-invalid={fault?.address === undefined ? undefined : true}
                  onPaste={(event) => paste(event, index)}
                  placeholder={placeholder}
                  spellCheck={false}
                  autoCapitalize="none"
                  autoComplete="off"
                  className="font-mono"
                />
                <Input
                  {...register(`${name}.${index}.weight`, { valueAsNumber: true })}
                  aria-label={`Weight of ${what} ${index + 1}`}
                  aria-invalid={fault?.weight === undefined ? undefined : true}
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={100}
                />
                <Input
                  {...register(`${name}.${index}.queriesPerSecond`, { setValueAs: orNull })}
                  aria-label={`Queries per second of ${what} ${index + 1}`}
                  aria-invalid={fault?.queriesPerSecond === undefined ? undefined : true}
                  type="number"
                  inputMode="numeric"
                  placeholder="any"
                />
                <IconButton label={`Remove ${what} ${index + 1}`} onClick={() => remove(index)}>
                  <X aria-hidden className="size-4" />
                </IconButton>
              </div>
              {message === undefined ? null : (
                <p id={errorId} role="alert" className="mt-0.5 text-xs text-bad-ink">
                  {message}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {problems?.message === undefined && problems?.root?.message === undefined ? null : (
        <p role="alert" className="mt-1 text-xs text-bad-ink">
          {problems.message ?? problems.root?.message}
        </p>
      )}
      <Button
        size="sm"
        className="mt-2"
        icon={<Plus aria-hidden className="size-3.5" />}
        onClick={() => append({ address: '', weight: 1, queriesPerSecond: null })}
      >
        Add a {what}
      </Button>
    </fieldset>
  );
}
