import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import type { WordListView } from '../../lib/contract.ts';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { readRefusal, wordRefusalLabel } from '../refusals/refusals.ts';
import { RefusedLines } from '../refusals/refused-lines.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { FormButtons } from '../shell/form-buttons.tsx';
import { nameFault } from './name-fault.ts';
import { wordsOf } from './words-of.ts';

interface WordListTypedProps {
  onDone: (list: WordListView) => void;
  onCancel: () => void;
}

/** Stores typed words as a list. */
export function WordListTyped({ onDone, onCancel }: WordListTypedProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const words = wordsOf(text);
  const create = useMutation(
    trpc.wordLists.create.mutationOptions({
      onSuccess: async (list) => {
        await queryClient.invalidateQueries({ queryKey: trpc.wordLists.list.pathKey() });
        onDone(list);
      },
    }),
  );
  const problem = create.error === null ? null : toAppError(create.error);
  const refusal = create.error === null ? null : readRefusal(create.error, text);
  const nameProblem = nameFault(problem);
  const isTextAtFault = problem?.field?.startsWith('words') === true;
  return (
    <form
      noValidate
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: name.trim(), words });
      }}
    >
      <Field label="Name of the list" error={nameProblem}>
        {(field) => (
          <Input
            {...field}
            value={name}
            autoComplete="off"
            placeholder="Colours"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Words"
        aside={countOf(words.length, 'word')}
        hint="One a line, or separated by commas or spaces. What is no word is left out and counted."
        error={isTextAtFault ? problem.message : null}
      >
        {(field) => (
          <Textarea
            {...field}
            value={text}
            rows={8}
            placeholder={'red\nblue\ngreen'}
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => {
              setText(event.target.value);
              if (create.isError) create.reset();
            }}
          />
        )}
      </Field>
      {refusal === null ? null : (
        <RefusedLines lines={refusal.first} total={refusal.rejected} labelOf={wordRefusalLabel} />
      )}
      {problem === null || nameProblem !== null || isTextAtFault ? null : (
        <ErrorNotice error={create.error} title="The list could not be stored" />
      )}
      <FormButtons
        size="sm"
        onCancel={onCancel}
        submit="Store"
        isDisabled={name.trim() === '' || words.length === 0}
        isBusy={create.isPending}
      />
    </form>
  );
}
