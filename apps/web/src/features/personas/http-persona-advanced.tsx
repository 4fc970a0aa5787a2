import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Controller, useFormContext } from 'react-hook-form';
import { orNull } from '../../lib/form.ts';
import { NumberField } from '../entity-form/number-field.tsx';
import { AdvancedSection } from '../shell/advanced-section.tsx';
import { HeaderRows } from './header-rows.tsx';
import { type HttpPersonaInput } from './persona-schema.ts';

/** How the server is spoken to: schemes, redirects, cookies, TLS, HTTP/2. */
export function HttpPersonaWays() {
  const { register } = useFormContext<HttpPersonaInput>();
  return (
    <div className="space-y-4">
      <div className="grid grid-cols-2 gap-4">
        <Field label="Schemes">
          {(field) => (
            <Select {...field} {...register('config.schemes')}>
              <option value="https_first">https, then http</option>
              <option value="http_first">http, then https</option>
              <option value="https_only">https only</option>
              <option value="http_only">http only</option>
            </Select>
          )}
        </Field>
        <Field label="Which redirects">
          {(field) => (
            <Select {...field} {...register('config.redirects')}>
              <option value="any">Follow all</option>
              <option value="same_domain">Within the domain</option>
              <option value="none">Follow none</option>
            </Select>
          )}
        </Field>
        <Field label="Cookies">
          {(field) => (
            <Select {...field} {...register('config.cookies')}>
              <option value="none">None</option>
              <option value="per_visit">During a visit</option>
            </Select>
          )}
        </Field>
        <Field label="Certificates">
          {(field) => (
            <Select {...field} {...register('config.tls')}>
              <option value="strict">Must be valid</option>
              <option value="record">Faults are noted</option>
            </Select>
          )}
        </Field>
      </div>
      <Checkbox {...register('config.http2')} label="HTTP/2" hint="Where the server speaks it." />
    </div>
  );
}

/** What robots.txt counts for. */
export function HttpPersonaRobots() {
  const { register, formState, watch } = useFormContext<HttpPersonaInput>();
  const errors = formState.errors.config;
  const isIgnored = watch('config.robots') === 'ignore';
  return (
    <div className="space-y-4">
      <div className="grid grid-cols-2 gap-4">
        <Field label="robots.txt">
          {(field) => (
            <Select {...field} {...register('config.robots')}>
              <option value="obey">Obey</option>
              <option value="ignore">Ignore</option>
            </Select>
          )}
        </Field>
        <Field label="Known to it as" error={errors?.robotsAgent?.message}>
          {(field) => (
            <Input {...field} {...register('config.robotsAgent')} spellCheck={false} className="font-mono" />
          )}
        </Field>
      </div>
      {isIgnored ? (
        <Field
          label="Why it is ignored"
          hint="Kept in the plan of each campaign, and in the audit."
          error={errors?.robotsOverrideReason?.message}
        >
          {(field) => (
            <Textarea
              {...field}
              {...register('config.robotsOverrideReason', {
                setValueAs: (text: string | null) => (text === null || text.trim() === '' ? null : text),
              })}
              rows={2}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

const LIMITS = [
  { name: 'perAddress', label: 'One IP address', hint: 'Many sites can stand behind one.' },
  { name: 'perDomain', label: 'One registrable domain', hint: 'With all its subdomains.' },
] as const;

/** Headers and their order, single timeouts, and limits for one target. */
export function HttpPersonaAdvanced() {
  const { register, control, formState } = useFormContext<HttpPersonaInput>();
  const errors = formState.errors.config;
  const hasError =
    [errors?.headers, errors?.headerOrder, errors?.perAddress, errors?.perDomain].some(
      (each) => each !== undefined,
    ) ||
    (errors?.connectTimeoutMs ?? errors?.firstByteTimeoutMs ?? errors?.minimumBytesPerSecond) !== undefined;
  return (
    <AdvancedSection hasError={hasError}>
      <HeaderRows />
      <Controller
        control={control}
        name="config.headerOrder"
        render={({ field: { value, onChange } }) => (
          <Field
            label="Order of headers"
            hint="Names in the order and spelling in which they are sent; others follow."
            error={
              Array.isArray(errors?.headerOrder) ? 'One of these is not the name of a header.' : undefined
            }
          >
            {(field) => (
              <ChipsInput
                control={field}
                values={value ?? []}
                onChange={onChange}
                normalise={(text) => text.trim()}
                placeholder="Host, User-Agent, Accept"
              />
            )}
          </Field>
        )}
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberField
          label="Connect timeout (ms)"
          hint="TLS included. Empty: what is left."
          registration={register('config.connectTimeoutMs', { setValueAs: orNull })}
          error={errors?.connectTimeoutMs?.message}
        />
        <NumberField
          label="First byte timeout (ms)"
          hint="Empty: what is left."
          registration={register('config.firstByteTimeoutMs', { setValueAs: orNull })}
          error={errors?.firstByteTimeoutMs?.message}
        />
        <NumberField
          label="Least rate (bytes/s)"
          hint="A page that trickles more slowly for 3 s is given up. 0: none is."
          registration={register('config.minimumBytesPerSecond', { valueAsNumber: true })}
          error={errors?.minimumBytesPerSecond?.message}
        />
      </div>
      {LIMITS.map(({ name, label, hint }) => (
        <fieldset key={name}>
          <legend className="text-sm font-medium">{label}</legend>
          <p className="mb-1.5 text-xs text-ink-faint">{hint} The limit is that of each worker.</p>
          <div className="grid grid-cols-2 gap-4">
            <NumberField
              label="Requests at once"
              registration={register(`config.${name}.concurrency`, { valueAsNumber: true })}
              error={errors?.[name]?.concurrency?.message}
            />
            <NumberField
              label="Requests per second"
              placeholder="any"
              registration={register(`config.${name}.requestsPerSecond`, { setValueAs: orNull })}
              error={errors?.[name]?.requestsPerSecond?.message}
            />
          </div>
        </fieldset>
      ))}
    </AdvancedSection>
  );
}
