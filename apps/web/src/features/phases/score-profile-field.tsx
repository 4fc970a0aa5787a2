import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface ScoreProfileFieldProps {
  value: string | null;
  onChange: (scoreProfileId: string | null) => void;
  error: string | undefined;
}

/** The weights that pages are scored by, or those of the default profile. */
export function ScoreProfileField({ value, onChange, error }: ScoreProfileFieldProps) {
  const profiles = useQuery(trpc.scoreProfiles.list.queryOptions({ limit: 200 }));
  const items = profiles.data?.items ?? [];
  const standard = items.find((profile) => profile.isDefault);
  const chosen = items.find((profile) => profile.scoreProfileId === value);
  const explained = (value === null ? standard : chosen)?.description ?? '';
  return (
    <div className="max-w-lg space-y-2">
      <Field label="Score profile" error={error} hint={explained === '' ? undefined : explained}>
        {(control) => (
          <Select
            {...control}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">{standard === undefined ? 'Default' : `Default: ${standard.name}`}</option>
            {items.map((profile) => (
              <option key={profile.scoreProfileId} value={profile.scoreProfileId}>
                {profile.name}
              </option>
            ))}
            {value === null || chosen !== undefined ? null : (
              <option value={value}>{profiles.isPending ? 'Loading…' : 'A profile that is gone'}</option>
            )}
          </Select>
        )}
      </Field>
      {profiles.error === null ? null : (
        <ErrorNotice error={profiles.error} title="The score profiles could not be loaded" />
      )}
    </div>
  );
}
