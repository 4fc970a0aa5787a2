import { dnsPersonaSchema, RECORD_TYPES } from '@domainflow/domain/persona/dns-persona.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { Controller, FormProvider, type Path, useForm } from 'react-hook-form';
import type { PersonaView } from '../../lib/contract.ts';
import { orNull } from '../../lib/form.ts';
import { NumberField } from '../entity-form/number-field.tsx';
import { DnsPersonaAdvanced } from './dns-persona-advanced.tsx';
import { PersonaFrame } from './persona-frame.tsx';
import { type DnsPersonaValues, dnsPersonaResolver, frameValuesOf } from './persona-schema.ts';
import { PersonaShaping } from './persona-shaping.tsx';
import { DnsTestSection } from './persona-test-section.tsx';
import { ResolverRows } from './resolver-rows.tsx';
import { usePersonaForm } from './use-persona-form.ts';

const FIELDS: readonly Path<DnsPersonaValues>[] = [
  'name',
  'description',
  'isDefault',
  'config.resolvers',
  'config.trustedResolvers',
  'config.strategy',
  'config.transport',
  'config.dohMethod',
  'config.timeoutMs',
  'config.attempts',
  'config.queriesPerSecond',
  'config.recordTypes',
  'config.randomizeCase',
  'config.ednsBufferBytes',
];

/** The fields of each resolver come first: an error belongs to its row where the API names one. */
function fieldsOf({ config }: DnsPersonaValues): readonly Path<DnsPersonaValues>[] {
  const rows = (['resolvers', 'trustedResolvers'] as const).flatMap((list) =>
    config[list].map((_, index) => `config.${list}.${index}.address` as const),
  );
  return [...rows, ...FIELDS];
}

interface DnsPersonaFormProps {
  persona: PersonaView | null;
  onDone: () => void;
}

export function DnsPersonaForm({ persona, onDone }: DnsPersonaFormProps) {
  const form = useForm<DnsPersonaValues, unknown, DnsPersonaValues>({
    resolver: dnsPersonaResolver,
    defaultValues: {
      ...frameValuesOf(persona),
      config: dnsPersonaSchema.parse(persona?.config ?? {}),
    },
  });
  const { register, control, handleSubmit, formState, watch } = form;
  const state = usePersonaForm({ persona, form, fieldsOf, onDone });
  const errors = formState.errors.config;
  const [transport, strategy] = watch(['config.transport', 'config.strategy']);
  return (
    <FormProvider {...form}>
      <PersonaFrame
        persona={persona}
        state={state}
        onDone={onDone}
        test={<DnsTestSection onRefused={state.refused} />}
        onSubmit={(event) => void handleSubmit((values) => state.save({ kind: 'dns', ...values }))(event)}
      >
        <div className="grid grid-cols-2 gap-4">
          <Field label="Transport" error={errors?.transport?.message}>
            {(field) => (
              <Select {...field} {...register('config.transport')}>
                <option value="udp">UDP</option>
                <option value="tcp">TCP</option>
                <option value="doh">DNS over HTTPS</option>
              </Select>
            )}
          </Field>
          {transport === 'doh' ? (
            <Field label="HTTP method" error={errors?.dohMethod?.message}>
              {(field) => (
                <Select {...field} {...register('config.dohMethod')}>
                  <option value="POST">POST</option>
                  <option value="GET">GET</option>
                </Select>
              )}
            </Field>
          ) : null}
        </div>
        <ResolverRows
          name="config.resolvers"
          what="resolver"
          legend="Resolvers"
          hint={
            transport === 'doh'
              ? 'URLs of DNS over HTTPS, one a row. Paste a list to add many.'
              : 'Addresses, with a port where it is not 53. Paste a list to add many. None: the system’s own.'
          }
          placeholder={transport === 'doh' ? 'https://dns.example/dns-query' : '9.9.9.9'}
        />
        <div className="grid grid-cols-2 gap-4">
          <Field
            label="Strategy"
            hint={strategy === 'weighted' ? 'Each by its weight.' : undefined}
            error={errors?.strategy?.message}
          >
            {(field) => (
              <Select {...field} {...register('config.strategy')}>
                <option value="round_robin">Round robin</option>
                <option value="random">Random</option>
                <option value="weighted">By weight</option>
                <option value="failover">Failover</option>
              </Select>
            )}
          </Field>
          <NumberField
            label="Queries per second"
            hint="Of each resolver. Empty: no limit."
            registration={register('config.queriesPerSecond', { setValueAs: orNull })}
            error={errors?.queriesPerSecond?.message}
          />
          <NumberField
            label="Timeout (ms)"
            registration={register('config.timeoutMs', { valueAsNumber: true })}
            error={errors?.timeoutMs?.message}
          />
          <NumberField
            label="Attempts"
            registration={register('config.attempts', { valueAsNumber: true })}
            error={errors?.attempts?.message}
          />
        </div>
        <Controller
          control={control}
          name="config.recordTypes"
          render={({ field: { value, onChange } }) => (
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
              {errors?.recordTypes?.message === undefined ? null : (
                <p role="alert" className="mt-1 text-xs text-bad-ink">
                  {errors.recordTypes.message}
                </p>
              )}
            </fieldset>
          )}
        />
        <DnsPersonaAdvanced />
        <PersonaShaping phase="dns" />
      </PersonaFrame>
    </FormProvider>
  );
}
