import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import type { WordListView } from '../../lib/contract.ts';
import { uploadWords } from '../../lib/rest-calls.ts';
import { trpc } from '../../lib/trpc.ts';
import { readRefusal, wordRefusalLabel } from '../refusals/refusals.ts';
import { RefusedLines } from '../refusals/refused-lines.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { UploadSource } from '../uploads/upload-source.tsx';
import { nameFault } from './name-fault.ts';

const nameOfFile = (file: File): string => file.name.replace(/\.txt$/i, '');

interface WordListUploadProps {
  onDone: (list: WordListView) => void;
  onCancel: () => void;
}

/** Stores a file as a word list. It is no form: it stands in forms too. */
export function WordListUpload({ onDone, onCancel }: WordListUploadProps) {
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const upload = useMutation({
    mutationFn: (chosen: File) => uploadWords(name.trim() === '' ? nameOfFile(chosen) : name.trim(), chosen),
    onSuccess: async (list) => {
      await queryClient.invalidateQueries({ queryKey: trpc.wordLists.list.pathKey() });
      onDone(list);
    },
  });
  const problem = upload.error === null ? null : toAppError(upload.error);
  const refusal = upload.error === null ? null : readRefusal(upload.error, '');
  const nameProblem = nameFault(problem);
  const isFileAtFault = problem?.field === 'file';
  return (
    <div className="space-y-3">
      <UploadSource
        file={file}
        hint="Plain text, one word a line. Lines that begin with # are comments."
        onChange={(next) => {
          setFile(next);
          upload.reset();
        }}
        error={isFileAtFault ? problem.message : null}
      />
      {refusal === null ? null : (
        <RefusedLines lines={refusal.first} total={refusal.rejected} labelOf={wordRefusalLabel} />
      )}
      {file === null ? null : (
        <Field label="Name of the list" error={nameProblem}>
          {(field) => (
            <Input
              {...field}
              value={name}
              placeholder={nameOfFile(file)}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                // The form around it, where there is one, is not meant.
                event.preventDefault();
                if (!upload.isPending) upload.mutate(file);
              }}
            />
          )}
        </Field>
      )}
      {problem === null || nameProblem !== null || isFileAtFault ? null : (
        <ErrorNotice error={upload.error} title="The list could not be taken" />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          size="sm"
          look="primary"
          icon={<Upload aria-hidden className="size-3.5" />}
          disabled={file === null}
          busy={upload.isPending}
          onClick={() => {
            if (file !== null) upload.mutate(file);
          }}
        >
          Upload
        </Button>
      </div>
    </div>
  );
}
