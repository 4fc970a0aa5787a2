import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Plus, X } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import type { HttpPersonaInput } from './persona-schema.ts';

/** Headers besides the standard ones, in the order in which they are sent. */
export function HeaderRows() {
  const { register, control, formState } = useFormContext<HttpPersonaInput>();
  const headers = useFieldArray({ control, name: 'config.headers' });
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Further headers</legend>
      <ul className="space-y-2">
        {headers.fields.map((header, index) => {
          const problems = formState.errors.config?.headers?.[index];
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
                    : problems.name.type === 'custom'
                      ? problems.name.message
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
  );
}
