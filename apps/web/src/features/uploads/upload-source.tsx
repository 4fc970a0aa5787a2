import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import clsx from 'clsx';
import { FileText, FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { formatBytes } from '../../lib/format.ts';

interface UploadSourceProps {
  file: File | null;
  onChange: (file: File | null) => void;
  error: string | null;
  hint?: string;
}

/** Takes a .txt file, chosen or dropped. What is in it is checked by the server, line by line. */
export function UploadSource({
  file,
  onChange,
  error,
  hint = 'Plain text, one name a line.',
}: UploadSourceProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const wrongKind =
    file !== null && !file.name.toLowerCase().endsWith('.txt') ? 'Only .txt files are taken.' : null;
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onChange(event.dataTransfer.files[0] ?? null);
  };
  return (
    <Field label="File" hint={hint} error={wrongKind ?? error}>
      {(field) => (
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
          className={clsx(
            'flex flex-wrap items-center gap-3 rounded-lg border border-dashed p-4 transition-colors',
            isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-sunken',
          )}
        >
          <input
            {...field}
            ref={input}
            type="file"
            accept=".txt,text/plain"
            className="sr-only"
            onChange={(event) => onChange(event.target.files?.[0] ?? null)}
          />
          {file === null ? (
            <FileUp aria-hidden className="size-5 text-ink-faint" />
          ) : (
            <FileText aria-hidden className="size-5 text-accent-ink" />
          )}
          <div className="min-w-0 flex-1 text-sm">
            {file === null ? (
              <span className="text-ink-soft">Drop a .txt file here, or choose one.</span>
            ) : (
              <>
                <span className="block truncate font-medium">{file.name}</span>
                <span className="text-xs text-ink-faint">{formatBytes(file.size)}</span>
              </>
            )}
          </div>
          <Button size="sm" onClick={() => input.current?.click()}>
            {file === null ? 'Choose a file' : 'Choose another'}
          </Button>
        </div>
      )}
    </Field>
  );
}
