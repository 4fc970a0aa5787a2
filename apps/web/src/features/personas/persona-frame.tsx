import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import type { FormEvent, ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import type { PersonaView } from '../../lib/contract.ts';
import { useMe } from '../../lib/session.ts';
import { EntityForm } from '../entity-form/entity-form.tsx';
import type { EntityFormState } from '../entity-form/use-entity-form.ts';
import type { PersonaFrameValues } from './persona-schema.ts';

interface PersonaFrameProps {
  persona: PersonaView | null;
  state: EntityFormState;
  onSubmit: (event: FormEvent) => void;
  onDone: () => void;
  /** The fields of the kind. */
  children: ReactNode;
  /** Tries out what the form holds. */
  test: ReactNode;
}

/** What both kinds of persona have around their fields, with the fields that both have. */
export function PersonaFrame({ persona, state, onSubmit, onDone, children, test }: PersonaFrameProps) {
  const me = useMe();
  const { register, formState } = useFormContext<PersonaFrameValues>();
  return (
    <EntityForm
      name={persona?.name ?? null}
      what="persona"
      state={state}
      isDirty={formState.isDirty}
      deleteWarning="Campaigns under way go on with it. Drafts that name it have to be configured again."
      onSubmit={onSubmit}
      onDone={onDone}
    >
      <Field label="Name" error={formState.errors.name?.message}>
        {(field) => <Input {...field} {...register('name')} autoComplete="off" />}
      </Field>
      <Field label="Description" aside="optional" error={formState.errors.description?.message}>
        {(field) => <Textarea {...field} {...register('description')} rows={2} />}
      </Field>
      {children}
      {me?.role === 'admin' && persona?.isDefault !== true ? (
        <Checkbox
          {...register('isDefault')}
          label="Default persona"
          hint="Used where a campaign names none."
        />
      ) : null}
      {test}
    </EntityForm>
  );
}
