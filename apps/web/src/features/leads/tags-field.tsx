import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { X } from 'lucide-react';
import { useState } from 'react';
import { tagsOf } from './tags-of.ts';

interface TagsFieldProps {
  tags: readonly string[];
  onChange: (tags: string[]) => void;
}

/** Tags of a lead; a tag may hold spaces, so that Enter and comma end one. */
export function TagsField({ tags, onChange }: TagsFieldProps) {
  const [text, setText] = useState('');
  const add = (): void => {
    const next = [...new Set([...tags, ...tagsOf(text)])];
    setText('');
    if (next.length !== tags.length) onChange(next);
  };
  return (
    <Field label="Tags">
      {(field) => (
        <div className="flex flex-wrap items-center gap-1.5">
          {tags.map((tag) => (
            <span
              key={tag}
              className="inline-flex max-w-full items-center gap-0.5 rounded-sm bg-sunken py-px pr-0.5 pl-1.5 text-xs ring-1 ring-line ring-inset"
            >
              <span className="truncate">{tag}</span>
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                onClick={() => onChange(tags.filter((each) => each !== tag))}
                className="rounded-sm p-0.5 text-ink-faint hover:text-ink"
              >
                <X aria-hidden className="size-3" />
              </button>
            </span>
          ))}
          <Input
            {...field}
            value={text}
            maxLength={50}
            placeholder="Add a tag"
            autoComplete="off"
            className="!w-36"
            onChange={(event) => setText(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ',') return;
              event.preventDefault();
              add();
            }}
          />
        </div>
      )}
    </Field>
  );
}
