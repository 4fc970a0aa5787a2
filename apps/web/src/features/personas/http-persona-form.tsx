import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useFieldArray, useForm } from 'react-hook-form';
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
  config: httpPersonaSchema,
});
type FormInput = z.input<typeof schema>;
type Output = z.output<typeof schema>;

const NUMBERS = [
  { name: 'config.timeoutMs', label: 'Timeout (ms)', hint: 'For a domain in all.' },
  { name: 'config.maxRedirects', label: 'Redirects', hint: 'At most.' },
  { name: 'config.maxBodyBytes', label: 'Body (bytes)', hint: 'Read of a page at most.' },
  { name: 'config.concurrency', label: 'At once', hint: 'Domains, in each worker.' },
] as const;

const FIELDS = [
  'name',
  'description',
  'isDefault',
  'config.userAgent',
  'config.acceptLanguage',
  'config.timeoutMs',
  'config.maxRedirects',
  'config.maxBodyBytes',
  'config.concurrency',
] as const;

interface HttpPersonaFormProps {
  persona: PersonaView | null;
  onDone: () => void;
}

export function HttpPersonaForm({ persona, onDone }: HttpPersonaFormProps) {
  const me = useMe();
  const [problem, setProblem] = useState<AppError | null>(null);
  const { register, control, handleSubmit, formState, setError } = useForm<FormInput, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues: {
      name: persona?.name ?? '',
      description: persona?.description ?? '',
      isDefault: persona?.isDefault ?? false,
      config: httpPersonaSchema.parse(persona?.config ?? {}),
    },
  });
  const headers = useFieldArray({ control, name: 'config.headers' });
  const save = useSavePersona(persona, {
    onSaved: onDone,
    onError: (error) => setProblem(showFieldError<FormInput>(error, FIELDS, setError)),
  });
  const { errors } = formState;
  const messageAt = (name: (typeof NUMBERS)[number]['name']): string | undefined =>
    errors.config?.[name.slice('config.'.length) as 'timeoutMs']?.message;
  return (
    <PersonaFrame
      persona={persona}
      problem={problem}
      isBusy={save.isPending}
      onDone={onDone}
      onSubmit={(event) =>
        void handleSubmit((values) => {
          setProblem(null);
          save.mutate({ kind: 'http', ...values });
        })(event)
      }
    >
      <Field label="Name" error={errors.name?.message}>
        {(field) => <Input {...field} {...register('name')} autoComplete="off" />}
      </Field>
      <Field label="Description" aside="optional" error={errors.description?.message}>
        {(field) => <Textarea {...field} {...register('description')} rows={2} />}
      </Field>
      <Field label="User agent" error={errors.config?.userAgent?.message}>
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
      <Field label="Accept-Language" error={errors.config?.acceptLanguage?.message}>
        {(field) => (
          <Input {...field} {...register('config.acceptLanguage')} spellCheck={false} className="font-mono" />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        {NUMBERS.map(({ name, label, hint }) => (
          <Field key={name} label={label} hint={hint} error={messageAt(name)}>
            {(field) => (
              <Input
                {...field}
                {...register(name, { valueAsNumber: true })}
                type="number"
                inputMode="numeric"
              />
            )}
          </Field>
        ))}
      </div>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Further headers, in this order</legend>
        <ul className="space-y-2">
          {headers.fields.map((header, index) => {
            const problems = errors.config?.headers?.[index];
            return (
              <li key={header.id}>
                <div className="flex gap-2">
                  <Input
                    {...register(`config.headers.${index}.name`)}
                    aria-label={`Name of header ${index + 1}`}
                    aria-invalid={problems?.name === undefined ? undefined : true}
                    placeholder="Name"
                    spellCheck={false}
                    className="!w-2/5 font-mono"
                  />
                  <Input
                    {...register(`config.headers.${index}.value`)}
                    aria-label={`Value of header ${index + 1}`}
                    aria-invalid={problems?.value === undefined ? undefined : true}
                    placeholder="Value"
                    spellCheck={false}
                    className="font-mono"
                  />
                  <IconButton label={`Remove header ${index + 1}`} onClick={() => headers.remove(index)}>
                    <X aria-hidden className="size-4" />
                  </IconButton>
                </div>
                {problems === undefined ? null : (
                  <p role="alert" className="mt-0.5 text-xs text-bad-ink">
                    {problems.name === undefined
                      ? 'Only visible ASCII characters are allowed in the value.'
                      : 'Not the name of a header.'}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
        <Button
          size="sm"
          className="mt-2"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => headers.append({ name: '', value: '' })}
        >
          Add a header
        </Button>
      </fieldset>
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
