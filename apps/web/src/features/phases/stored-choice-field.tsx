import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface StoredChoiceFieldProps<Item> {
  label: string;
  /** What is chosen among, as the call for it stands. */
  list: { readonly data: { readonly items: readonly Item[] } | undefined; readonly error: unknown };
  /** What is listed, in the plural. */
  what: string;
  optionOf: (item: Item) => readonly [id: string, label: string];
  /** What choosing none means. */
  none: string;
  /** What stands for a chosen one that was deleted since. */
  gone: string;
  /** The id of the chosen one. */
  value: string | null;
  onChange: (id: string | null) => void;
  hint?: string | undefined;
  error?: string | null | undefined;
}

/** One of the things that are stored, or none; one that is gone can be seen, and changed. */
export function StoredChoiceField<Item>(props: StoredChoiceFieldProps<Item>) {
  const { label, list, what, optionOf, none, gone, value, onChange, hint, error } = props;
  const options = list.data?.items.map(optionOf);
  return (
    <div className="max-w-lg space-y-2">
      <Field label={label} error={error} hint={hint === '' ? undefined : hint}>
        {(control) => (
          <Select
            {...control}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">{none}</option>
            {options?.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            {value === null || options?.some(([id]) => id === value) === true ? null : (
              <option value={value}>
                {options === undefined && list.error === null ? 'Loading…' : gone}
              </option>
            )}
          </Select>
        )}
      </Field>
      {list.error === null ? null : (
        <ErrorNotice error={list.error} title={`The ${what} could not be loaded`} />
      )}
    </div>
  );
}

/** The words for no choice of one's own where the platform has a default. */
export const defaultNamed = (standard: { readonly name: string } | undefined): string =>
  standard === undefined ? 'Default' : `Default: ${standard.name}`;
