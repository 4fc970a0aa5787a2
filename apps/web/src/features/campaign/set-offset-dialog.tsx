import type { Pattern } from '@domainflow/domain/generation/pattern.ts';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import type { Outputs } from '../../lib/contract.ts';
import { formatBigCount } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { FormButtons } from '../shell/form-buttons.tsx';
import { asOffset, type OffsetChange, offsetChange } from './pattern-place.ts';

interface SetOffsetDialogProps {
  pattern: Pattern;
  current: Outputs['campaigns']['patternOffset'];
  open: boolean;
  onClose: () => void;
  onSet: (answer: Outputs['campaigns']['patternOffset']) => void;
}

/** Moves where campaigns go on with a pattern, and says before it does what that means. */
export function SetOffsetDialog({ open, onClose, ...rest }: SetOffsetDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Set the next offset"
      description="Where campaigns begin that go on with this pattern. Campaigns that have begun keep theirs."
    >
      <OffsetForm onClose={onClose} {...rest} />
    </Dialog>
  );
}

function OffsetForm({ pattern, current, onClose, onSet }: Omit<SetOffsetDialogProps, 'open'>) {
  const [text, setText] = useState(current.nextOffset);
  const change = offsetChange(text, { size: BigInt(current.size), next: BigInt(current.nextOffset) });
  const set = useMutation(
    trpc.campaigns.patternOffset.mutationOptions({
      onSuccess: (answer) => {
        toast.success(answer.message ?? 'The offset is set.');
        onSet(answer);
        onClose();
      },
    }),
  );
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (change.kind === 'back' || change.kind === 'forward')
          set.mutate({ pattern, offset: asOffset(text) });
      }}
    >
      <Field
        label="Next offset"
        hint={`Now ${formatBigCount(current.nextOffset)}; the space has ${formatBigCount(current.size)}.`}
        error={change.kind === 'invalid' ? change.message : null}
      >
        {(field) => (
          <Input
            {...field}
            value={text}
            inputMode="numeric"
            autoComplete="off"
            className="font-mono"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Warning change={change} />
      {set.error === null ? null : <ErrorNotice error={set.error} title="The offset could not be set" />}
      <FormButtons
        onCancel={onClose}
        submit={change.kind === 'back' ? 'Set it back' : 'Set'}
        isDanger={change.kind === 'back'}
        isDisabled={change.kind === 'invalid' || change.kind === 'same'}
        isBusy={set.isPending}
      />
    </form>
  );
}

function Warning({ change }: { change: OffsetChange }) {
  switch (change.kind) {
    case 'back':
      return (
        <Notice tone="warn" title={`This goes back by ${formatBigCount(String(change.by))} offsets`}>
          Their names may have been generated before, and will be given out again to campaigns that go on
          here.
        </Notice>
      );
    case 'forward':
      return (
        <Notice tone="accent" title={`This passes over ${formatBigCount(String(change.by))} offsets`}>
          Campaigns that go on here will not generate their names.
        </Notice>
      );
    case 'invalid':
    case 'same':
      return null;
  }
}
