import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { FileUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { WordListView } from '../../lib/contract.ts';
import { countOf, formatCount } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { Loaded } from '../shell/loaded.tsx';
import { WordListIntake } from '../word-lists/word-list-intake.tsx';
import { WordListUpload } from '../word-lists/word-list-upload.tsx';
import { wordsOf } from '../word-lists/words-of.ts';
import type { PatternErrors } from './pattern-values.ts';
import type { WizardValues } from './wizard-values.ts';

interface WordSourceFieldProps {
  index: number;
  errorOf: PatternErrors;
  /** Absent: it is the only list. */
  onRemove?: () => void;
}

/** One list of a dictionary: typed in, one of those that are stored, or uploaded on the spot. */
export function WordSourceField({ index, errorOf, onRemove }: WordSourceFieldProps) {
  const { register, setValue, clearErrors } = useFormContext<WizardValues>();
  const { kind, text } = useWatch<WizardValues, `pattern.lists.${number}`>({
    name: `pattern.lists.${index}`,
  });
  const count = wordsOf(text).length;
  const label = `Words ${index + 1}`;
  /** The form complains about the text or the choice, the API about the list. */
  const error =
    errorOf(`lists.${index}.${kind === 'typed' ? 'text' : 'wordListId'}`) ?? errorOf(`lists.${index}`);
  return (
    <section
      aria-label={`List ${index + 1}`}
      className="space-y-2.5 rounded-lg p-3 ring-1 ring-line ring-inset"
    >
      <div className="flex items-center justify-between gap-2">
        <Segmented
          label={`Where ${label.toLowerCase()} come from`}
          value={kind}
          onChange={(next) => setValue(`pattern.lists.${index}.kind`, next, { shouldTouch: true })}
          options={[
            { value: 'typed', label: 'Type words' },
            { value: 'stored', label: 'Stored list' },
          ]}
        />
        {onRemove === undefined ? null : (
          <IconButton label={`Remove ${label.toLowerCase()}`} onClick={onRemove}>
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        )}
      </div>
      {kind === 'typed' ? (
        <Field
          label={label}
          aside={countOf(count, 'word')}
          hint="One a line, or separated by commas or spaces."
          error={error}
        >
          {(field) => (
            <Textarea
              {...field}
              // What was missing is checked again when the field is left.
              {...register(`pattern.lists.${index}.text`, {
                onChange: () => clearErrors(`pattern.lists.${index}.text`),
              })}
              rows={4}
              placeholder={index === 0 ? 'red\nblue\ngreen' : 'car\nvan'}
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
      ) : (
        <StoredList index={index} label={label} error={error} />
      )}
    </section>
  );
}

function StoredList({ index, label, error }: { index: number; label: string; error: string | undefined }) {
  const { setValue } = useFormContext<WizardValues>();
  const chosen = useWatch<WizardValues, `pattern.lists.${number}.wordListId`>({
    name: `pattern.lists.${index}.wordListId`,
  });
  const [isUploading, setUploading] = useState(false);
  const [uploaded, setUploaded] = useState<WordListView | null>(null);
  const lists = useQuery(trpc.wordLists.list.queryOptions({ limit: 500 }));
  const choose = (id: string): void =>
    setValue(`pattern.lists.${index}.wordListId`, id, { shouldValidate: true, shouldTouch: true });
  const items = lists.data?.items ?? [];
  const current = items.find((list) => list.wordListId === chosen);
  return (
    <Loaded query={lists} what="word lists" skeleton={<Skeleton className="h-14 w-full" />}>
      {() => (
        <div className="space-y-2.5">
          <Field
            label={label}
            aside={current === undefined ? undefined : countOf(current.wordCount, 'word')}
            hint={items.length === 0 ? 'No list is stored yet: upload one.' : undefined}
            error={error}
          >
            {(field) => (
              <Select {...field} value={chosen} onChange={(event) => choose(event.target.value)}>
                <option value="">Choose a list</option>
                {items.map((list) => (
                  <option key={list.wordListId} value={list.wordListId}>
                    {list.name} ({formatCount(list.wordCount)})
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {isUploading ? (
            <WordListUpload
              onDone={(list) => {
                setUploading(false);
                setUploaded(list);
                choose(list.wordListId);
              }}
              onCancel={() => setUploading(false)}
            />
          ) : (
            <Button
              size="sm"
              icon={<FileUp aria-hidden className="size-3.5" />}
              onClick={() => {
                setUploading(true);
                setUploaded(null);
              }}
            >
              Upload a list
            </Button>
          )}
          {uploaded === null ? null : <WordListIntake list={uploaded} />}
        </div>
      )}
    </Loaded>
  );
}
