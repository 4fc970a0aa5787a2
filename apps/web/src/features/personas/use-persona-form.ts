import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { PersonaView } from '../../lib/contract.ts';
import { showFieldError } from '../../lib/form.ts';
import { trpc } from '../../lib/trpc.ts';
import { useEntityForm } from '../entity-form/use-entity-form.ts';
import { deletionOf, type PersonaDraft, savePersona } from './save-persona.ts';

interface PersonaFormOptions<Values extends FieldValues> {
  /** Null is a new persona. */
  persona: PersonaView | null;
  form: Pick<UseFormReturn<Values>, 'setError' | 'getValues'>;
  /** Fields that show what the API refuses there, those of rows before those of the whole. */
  fieldsOf: (values: Values) => readonly Path<Values>[];
  onDone: () => void;
}

/** Saves and deletes the persona that a form holds. */
export const usePersonaForm = <Values extends FieldValues>({
  persona,
  form,
  fieldsOf,
  onDone,
}: PersonaFormOptions<Values>) =>
  useEntityForm<PersonaDraft>({
    save: (draft) => savePersona(persona, draft),
    remove: deletionOf(persona),
    showAtField: (error) => showFieldError<Values>(error, fieldsOf(form.getValues()), form.setError),
    queryKey: trpc.personas.pathKey(),
    onDone,
  });
