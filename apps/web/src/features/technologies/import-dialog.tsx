import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import type { Outputs } from '../../lib/contract.ts';
import { importFingerprints } from '../../lib/rest-calls.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ImportResult, RefusedParts } from './import-result.tsx';
import { readFingerprints } from './read-fingerprints.ts';

type Imported = Outputs['technologies']['import'];

interface Problems {
  readonly name?: string;
  readonly text?: string;
}

function ImportForm({ onImported }: { onImported: (imported: Imported) => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const importing = useMutation({
    mutationFn: importFingerprints,
    onSuccess: onImported,
    onError: (error) => {
      const { field, message } = toAppError(error);
      if (field === 'name') setProblems({ name: message });
      else if (field?.startsWith('fingerprints') === true) setProblems({ text: message });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.technologies.pathKey() }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readFingerprints(text);
    const found: Problems = {
      ...(name.trim() === '' ? { name: 'A name is needed' } : {}),
      ...('problem' in read ? { text: read.problem } : {}),
    };
    setProblems(found);
    importing.reset();
    if ('fingerprints' in read && name.trim() !== '')
      importing.mutate({ name: name.trim(), fingerprints: read.fingerprints });
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setText(await file.text());
    setProblems({});
    if (name === '') setName(file.name.replace(/\.json$/i, '').slice(0, 100));
  };
  const isPlaced = problems.name !== undefined || problems.text !== undefined;
  return (
    <form noValidate className="space-y-4" onSubmit={submit}>
      {importing.error === null || isPlaced ? null : <ErrorNotice error={importing.error} />}
      <Field label="File" hint="JSON of the community’s format, at most 10 MB.">
        {(field) => (
          <input
            {...field}
            type="file"
            accept=".json,application/json"
            onChange={(event) => void take(event.target.files?.[0])}
            className="text-sm file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm file:font-medium file:text-ink"
          />
        )}
      </Field>
      <Field label="Or its content" error={problems.text}>
        {(field) => (
          <Textarea
            {...field}
            rows={6}
            // A set of megabytes in a text area would make each key wait.
            value={text.length > 200_000 ? `${text.slice(0, 2_000)}\n…` : text}
            readOnly={text.length > 200_000}
            onChange={(event) => setText(event.target.value)}
            placeholder={'{ "Name": { "cats": ["CMS"], "html": "…" } }'}
            spellCheck={false}
            className="font-mono !text-xs"
          />
        )}
      </Field>
      <Field label="Name of the set" error={problems.name}>
        {(field) => <Input {...field} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      {importing.error !== null ? <RefusedParts details={toAppError(importing.error).details} /> : null}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={importing.isPending}>
          Import
        </Button>
      </div>
    </form>
  );
}

/** Imports fingerprints, and says what was taken and what was not. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [imported, setImported] = useState<Imported | null>(null);
  const close = (): void => {
    setImported(null);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={imported === null ? 'Import fingerprints' : `Imported: ${imported.name}`}
      description="Analyses that start from now on use them too."
    >
      {imported === null ? (
        <ImportForm onImported={setImported} />
      ) : (
        <div className="space-y-4">
          <ImportResult result={imported} />
          <div className="flex justify-end">
            <Button look="primary" onClick={close}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
