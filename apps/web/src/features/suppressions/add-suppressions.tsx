import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import { formatCount } from '../../lib/format.ts';
import { uploadSuppressions } from '../../lib/rest-calls.ts';
import { api } from '../../lib/trpc.ts';
import { readRefusal, refusalLabel } from '../refusals/refusals.ts';
import { RefusedLines } from '../refusals/refused-lines.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { UploadSource } from '../uploads/upload-source.tsx';
import { entriesOf, entryAtFault } from './entries-of.ts';
import { UploadOutcome } from './upload-outcome.tsx';
import { useSuppressionsChanged } from './use-suppressions-changed.ts';

const MOST_ENTRIES = 10_000;

interface PartProps {
  reason: string;
  onDone: () => void;
}

function Typed({ reason, onDone }: PartProps) {
  const changed = useSuppressionsChanged();
  const [list, setList] = useState('');
  const entries = entriesOf(list);
  const add = useMutation({
    mutationFn: () => api.suppressions.create.mutate({ entries, reason }),
    onSuccess: async ({ added, known }) => {
      toast.success(
        `${formatCount(added)} suppressed${known === 0 ? '' : `, ${formatCount(known)} were before`}`,
      );
      onDone();
      await changed();
    },
  });
  const problem = add.error === null ? null : toAppError(add.error);
  const wrong = entryAtFault(problem?.field ?? null, list);
  const why = (problem?.details as { reason?: unknown } | null | undefined)?.reason;
  const message =
    wrong === null
      ? null
      : `“${wrong}” is no domain, e-mail address or SHA-256${typeof why === 'string' ? `: ${refusalLabel(why)}` : ''}.`;
  const tooMany =
    entries.length > MOST_ENTRIES ? `At most ${formatCount(MOST_ENTRIES)} at once: upload a file.` : null;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (entries.length > 0) add.mutate();
      }}
    >
      <Field
        label="Domains, e-mail addresses or SHA-256 hashes"
        hint="One a line. A domain stands for everything below it."
        error={tooMany ?? message}
      >
        {(field) => (
          <Textarea
            {...field}
            rows={6}
            value={list}
            autoCapitalize="none"
            spellCheck={false}
            placeholder={'example.com\njane@example.org'}
            className="font-mono"
            onChange={(event) => setList(event.target.value)}
          />
        )}
      </Field>
      {problem === null || wrong !== null ? null : (
        <ErrorNotice error={add.error} title="Nothing was suppressed" />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={add.isPending}
          disabled={entries.length === 0 || tooMany !== null}
        >
          Suppress{entries.length === 0 ? '' : ` ${formatCount(entries.length)}`}
        </Button>
      </div>
    </form>
  );
}

function Uploaded({ reason, onDone }: PartProps) {
  const changed = useSuppressionsChanged();
  const [file, setFile] = useState<File | null>(null);
  const upload = useMutation({
    mutationFn: (chosen: File) => uploadSuppressions(reason, chosen),
    onSuccess: changed,
  });
  if (upload.data !== undefined)
    return (
      <div className="space-y-4">
        <UploadOutcome result={upload.data} />
        <div className="flex justify-end">
          <Button look="primary" onClick={onDone}>
            Done
          </Button>
        </div>
      </div>
    );
  const problem = upload.error === null ? null : toAppError(upload.error);
  const refusal = upload.error === null ? null : readRefusal(upload.error, '');
  return (
    <div className="space-y-4">
      <UploadSource
        file={file}
        hint="Plain text, one domain, e-mail address or SHA-256 a line."
        onChange={(next) => {
          setFile(next);
          upload.reset();
        }}
        error={problem?.field === 'file' ? problem.message : null}
      />
      {refusal === null ? null : <RefusedLines lines={refusal.first} total={refusal.rejected} />}
      {problem === null || problem.field === 'file' ? null : (
        <ErrorNotice error={upload.error} title="The file could not be taken" />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button
          look="primary"
          disabled={file === null}
          busy={upload.isPending}
          onClick={() => {
            if (file !== null) upload.mutate(file);
          }}
        >
          Import
        </Button>
      </div>
    </div>
  );
}

/** Adds to what is suppressed: a few that are typed, or a file. */
export function AddSuppressionsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [way, setWay] = useState<'typed' | 'file'>('typed');
  const [reason, setReason] = useState('');
  const done = (): void => {
    setReason('');
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={done}
      title="Suppress"
      description="What is suppressed is not fetched, and left out of lists of contacts and of exports."
    >
      <div className="space-y-4">
        <Segmented
          label="How"
          value={way}
          onChange={setWay}
          options={[
            { value: 'typed', label: 'Type or paste' },
            { value: 'file', label: 'Import a file' },
          ]}
        />
        <Field label="Reason" aside="optional">
          {(field) => (
            <Input
              {...field}
              value={reason}
              maxLength={500}
              placeholder="Asked us not to write"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {way === 'typed' ? (
          <Typed reason={reason.trim()} onDone={done} />
        ) : (
          <Uploaded reason={reason.trim()} onDone={done} />
        )}
      </div>
    </Dialog>
  );
}
