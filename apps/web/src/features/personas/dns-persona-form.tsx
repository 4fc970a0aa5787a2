import { dnsPersonaSchema, RECORD_TYPES } from '@domainflow/domain/persona/dns-persona.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import type { AppError } from '../../lib/app-error.ts';
import type { PersonaView } from '../../lib/contract.ts';
import { showFieldError, zodResolver } from '../../lib/form.ts';
import { useMe } from '../../lib/session.ts';
import { PersonaFrame } from './persona-frame.tsx';
import { useSavePersona } from './use-save-persona.ts';

const schema = z.object({
  name: z.string().trim().min(1, 'A name is needed').max(100),
  description: z.string().trim().max(2_000),
  isDefault: z.boolean(),
  config: dnsPersonaSchema,
});
type FormInput = z.input<typeof schema>;
type Output = z.output<typeof schema>;

const FIELDS = [
  'name',
  'description',
  'isDefault',
  'config.resolvers',
  'config.strategy',
  'config.timeoutMs',
  'config.attempts',
  'config.queriesPerSecond',
  'config.recordTypes',
] as const;

const orNull = (value: unknown): number | null =>
  value === '' || value === null || value === undefined ? null : Number(value);

type ResolverInput = NonNullable<FormInput['config']['resolvers']>[number];

const addressOf = (resolver: ResolverInput): string =>
  typeof resolver === 'string' ? resolver : resolver.address;

/** The first fault among the resolvers; each may be at fault as a whole, or in one of its fields. */
function faultOf(errors: unknown): string | undefined {
  if (!Array.isArray(errors)) return undefined;
  return errors
    .flatMap((each: Record<string, { message?: string }> | undefined) => Object.values(each ?? {}))
    .find((fault) => fault?.message !== undefined)?.message;
}

/** Resolvers that stay keep their weight and limit. */
const withAddresses = (
  resolvers: readonly ResolverInput[],
  addresses: readonly string[],
): readonly ResolverInput[] =>
  addresses.map((address) => resolvers.find((each) => addressOf(each) === address) ?? { address });

interface DnsPersonaFormProps {
  persona: PersonaView | null;
  onDone: () => void;
}

export function DnsPersonaForm({ persona, onDone }: DnsPersonaFormProps) {
  const me = useMe();
  const [problem, setProblem] = useState<AppError | null>(null);
  const { register, control, handleSubmit, formState, setError } = useForm<FormInput, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues: {
      name: persona?.name ?? '',
      description: persona?.description ?? '',
      isDefault: persona?.isDefault ?? false,
      config: dnsPersonaSchema.parse(persona?.config ?? {}),
    },
  });
  const save = useSavePersona(persona, {
    onSaved: onDone,
    onError: (error) => setProblem(showFieldError<FormInput>(error, FIELDS, setError)),
  });
  const { errors } = formState;
  return (
    <PersonaFrame
      persona={persona}
      problem={problem}
      isBusy={save.isPending}
      onDone={onDone}
      onSubmit={(event) =>
        void handleSubmit((values) => {
          setProblem(null);
          save.mutate({ kind: 'dns', ...values });
        })(event)
      }
    >
      <Field label="Name" error={errors.name?.message}>
        {(field) => <Input {...field} {...register('name')} autoComplete="off" />}
      </Field>
      <Field label="Description" aside="optional" error={errors.description?.message}>
        {(field) => <Textarea {...field} {...register('description')} rows={2} />}
      </Field>
      <Controller
        control={control}
        name="config.resolvers"
        render={({ field: { value, onChange } }) => (
          <Field
            label="Resolvers"
            hint="Addresses, with a port where it is not 53. None: the system’s own."
            error={errors.config?.resolvers?.message ?? faultOf(errors.config?.resolvers)}
          >
            {(field) => (
              <ChipsInput
                control={field}
                values={(value ?? []).map(addressOf)}
                onChange={(addresses) => onChange(withAddresses(value ?? [], addresses))}
                normalise={(text) => text.trim()}
                placeholder="9.9.9.9, 1.1.1.1:53"
              />
            )}
          </Field>
        )}
      />
      <div className="grid grid-cols-2 gap-4">
        <Field label="Strategy" error={errors.config?.strategy?.message}>
          {(field) => (
            <Select {...field} {...register('config.strategy')}>
              <option value="round_robin">Round robin</option>
              <option value="random">Random</option>
              <option value="weighted">By weight</option>
              <option value="failover">Failover</option>
            </Select>
          )}
        </Field>
        <Field
          label="Queries per second"
          aside="each"
          hint="Empty: no limit."
          error={errors.config?.queriesPerSecond?.message}
        >
          {(field) => (
            <Input
              {...field}
              {...register('config.queriesPerSecond', { setValueAs: orNull })}
              type="number"
              inputMode="numeric"
            />
          )}
        </Field>
        <Field label="Timeout (ms)" error={errors.config?.timeoutMs?.message}>
          {(field) => (
            <Input
              {...field}
              {...register('config.timeoutMs', { valueAsNumber: true })}
              type="number"
              inputMode="numeric"
            />
          )}
        </Field>
        <Field label="Attempts" error={errors.config?.attempts?.message}>
          {(field) => (
            <Input
              {...field}
              {...register('config.attempts', { valueAsNumber: true })}
              type="number"
              inputMode="numeric"
            />
          )}
        </Field>
      </div>
      <Controller
        control={control}
        name="config.recordTypes"
        render={({ field: { value = [], onChange } }) => (
          <fieldset>
            <legend className="mb-1 text-sm font-medium">Record types</legend>
            <div className="grid grid-cols-4 gap-2">
              {RECORD_TYPES.map((type) => (
                <Checkbox
                  key={type}
                  label={type}
                  checked={value.includes(type)}
                  onChange={(event) =>
                    onChange(
                      RECORD_TYPES.filter((each) =>
                        each === type ? event.target.checked : value.includes(each),
                      ),
                    )
                  }
                />
              ))}
            </div>
            {errors.config?.recordTypes?.message === undefined ? null : (
              <p role="alert" className="mt-1 text-xs text-bad-ink">
                {errors.config.recordTypes.message}
              </p>
            )}
          </fieldset>
        )}
      />
      {me?.role === 'admin' && persona?.isDefault !== true ? (
        <Checkbox
          {...register('isDefault')}
          label="Default persona"
          hint="Used where a campaign names none."
        />
      ) : null}
    </PersonaFrame>
  );
}
