import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { FormProvider, type Path, useForm } from 'react-hook-form';
import type { PersonaView } from '../../lib/contract.ts';
import { NumberField } from '../entity-form/number-field.tsx';
import { HttpPersonaAdvanced, HttpPersonaRobots, HttpPersonaWays } from './http-persona-advanced.tsx';
import { PersonaFrame } from './persona-frame.tsx';
import {
  frameValuesOf,
  type HttpPersonaInput,
  type HttpPersonaValues,
  httpPersonaResolver,
} from './persona-schema.ts';
import { PersonaShaping } from './persona-shaping.tsx';
import { HttpTestSection } from './persona-test-section.tsx';
import { usePersonaForm } from './use-persona-form.ts';

const NUMBERS = [
  { name: 'timeoutMs', label: 'Timeout (ms)', hint: 'For a domain in all.' },
  { name: 'maxRedirects', label: 'Redirects', hint: 'At most.' },
  { name: 'maxBodyBytes', label: 'Body (bytes)', hint: 'Read of a page at most.' },
  { name: 'concurrency', label: 'At once', hint: 'Domains, in each worker.' },
] as const;

const FIELDS: readonly Path<HttpPersonaInput>[] = [
  'name',
  'description',
  'isDefault',
  'config.userAgent',
  'config.acceptLanguage',
  'config.acceptEncoding',
  'config.timeoutMs',
  'config.maxRedirects',
  'config.maxBodyBytes',
  'config.concurrency',
  'config.robotsAgent',
  'config.robotsOverrideReason',
  'config.connectTimeoutMs',
  'config.firstByteTimeoutMs',
  'config.minimumBytesPerSecond',
  'config.perAddress.concurrency',
  'config.perAddress.requestsPerSecond',
  'config.perDomain.concurrency',
  'config.perDomain.requestsPerSecond',
];

interface HttpPersonaFormProps {
  persona: PersonaView | null;
  onDone: () => void;
}

export function HttpPersonaForm({ persona, onDone }: HttpPersonaFormProps) {
  const form = useForm<HttpPersonaInput, unknown, HttpPersonaValues>({
    resolver: httpPersonaResolver,
    defaultValues: {
      ...frameValuesOf(persona),
      config: httpPersonaSchema.parse(persona?.config ?? {}),
    },
  });
  const { register, handleSubmit, formState } = form;
  const state = usePersonaForm({ persona, form, fieldsOf: () => FIELDS, onDone });
  const errors = formState.errors.config;
  return (
    <FormProvider {...form}>
      <PersonaFrame
        persona={persona}
        state={state}
        onDone={onDone}
        test={<HttpTestSection onRefused={state.refused} />}
        onSubmit={(event) => void handleSubmit((values) => state.save({ kind: 'http', ...values }))(event)}
      >
        <Field label="User agent" error={errors?.userAgent?.message}>
          {(field) => (
            <Textarea
              {...field}
              {...register('config.userAgent')}
              rows={2}
              spellCheck={false}
              className="font-mono !text-xs"
            />
          )}
        </Field>
        <Field label="Accept-Language" error={errors?.acceptLanguage?.message}>
          {(field) => (
            <Input
              {...field}
              {...register('config.acceptLanguage')}
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <Field
          label="Accept-Encoding"
          hint="Empty: all that can be read."
          error={errors?.acceptEncoding?.message}
        >
          {(field) => (
            <Input
              {...field}
              {...register('config.acceptEncoding', { setValueAs: (text: string | null) => text || null })}
              placeholder="gzip, deflate, br, zstd"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <div className="grid grid-cols-2 gap-4">
          {NUMBERS.map(({ name, label, hint }) => (
            <NumberField
              key={name}
              label={label}
              hint={hint}
              registration={register(`config.${name}`, { valueAsNumber: true })}
              error={errors?.[name]?.message}
            />
          ))}
        </div>
        <HttpPersonaWays />
        <HttpPersonaRobots />
        <HttpPersonaAdvanced />
        <PersonaShaping phase="http" />
      </PersonaFrame>
    </FormProvider>
  );
}
