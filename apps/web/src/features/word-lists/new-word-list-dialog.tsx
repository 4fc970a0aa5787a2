import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { useState } from 'react';
import type { WordListView } from '../../lib/contract.ts';
import { WordListIntake } from './word-list-intake.tsx';
import { WordListTyped } from './word-list-typed.tsx';
import { WordListUpload } from './word-list-upload.tsx';

interface NewWordListDialogProps {
  open: boolean;
  onClose: () => void;
  onOpenList: (wordListId: string) => void;
}

/** Makes a list of a file or of typed words, and says what was taken. */
export function NewWordListDialog({ open, onClose, onOpenList }: NewWordListDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="New word list">
      <Steps onClose={onClose} onOpenList={onOpenList} />
    </Dialog>
  );
}

function Steps({ onClose, onOpenList }: Omit<NewWordListDialogProps, 'open'>) {
  const [way, setWay] = useState<'upload' | 'typed'>('upload');
  const [made, setMade] = useState<WordListView | null>(null);
  if (made !== null) {
    return (
      <div className="space-y-4">
        <p role="status" className="text-sm">
          <span className="font-medium">{made.name}</span> is stored.
        </p>
        <WordListIntake list={made} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => onOpenList(made.wordListId)}>Look at the words</Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="space-y-4">
      <Segmented
        isField
        label="Where the words come from"
        value={way}
        onChange={setWay}
        options={[
          { value: 'upload', label: 'Upload a file' },
          { value: 'typed', label: 'Type words' },
        ]}
      />
      {way === 'upload' ? (
        <WordListUpload onDone={setMade} onCancel={onClose} />
      ) : (
        <WordListTyped onDone={setMade} onCancel={onClose} />
      )}
    </div>
  );
}
