import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import { api } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { erasedWords } from './erased-words.ts';

/** Erases a domain or an address everywhere, when somebody asks to be forgotten. */
export function EraseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [value, setValue] = useState('');
  const [isSure, setSure] = useState(false);
  const name = value.trim();
  const erase = useMutation({
    mutationFn: () =>
      api.erasures.create.mutate(name.lastIndexOf('@') > 0 ? { email: name } : { domain: name }),
    onSuccess: async () => {
      setValue('');
      setSure(false);
      // Campaigns, leads, suppressions: all of them may have shown it.
      await queryClient.invalidateQueries();
    },
  });
  const problem = erase.error === null ? null : toAppError(erase.error);
  const isFieldAtFault = problem?.field === 'domain' || problem?.field === 'email';
  const close = (): void => {
    setValue('');
    setSure(false);
    erase.reset();
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} title="Erase" description="For people who ask to be forgotten.">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSure && name !== '') erase.mutate();
        }}
      >
        <Field label="Domain or e-mail address" error={isFieldAtFault ? problem.message : null}>
          {(field) => (
            <Input
              {...field}
              value={value}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="jane@example.org"
              onChange={(event) => {
                setValue(event.target.value);
                setSure(false);
                erase.reset();
              }}
            />
          )}
        </Field>
        <p className="text-sm text-ink-soft">
          A domain goes with everything below it: leads with contacts and notes, pages and results, in every
          campaign of everybody. An address goes from every lead and text that quotes it. Only a hash stays,
          so that it does not come back.
        </p>
        <Checkbox
          label="I know that this cannot be undone"
          checked={isSure}
          disabled={name === ''}
          onChange={(event) => setSure(event.target.checked)}
        />
        {problem === null || isFieldAtFault ? null : (
          <ErrorNotice error={erase.error} title="Nothing was erased" />
        )}
        {erase.data === undefined ? null : (
          <Notice tone="ok" title={`Erased: ${erasedWords(erase.data)}`}>
            It is suppressed from now on.
          </Notice>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={close}>{erase.data === undefined ? 'Cancel' : 'Done'}</Button>
          <Button type="submit" look="danger" busy={erase.isPending} disabled={!isSure || name === ''}>
            Erase for good
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
