import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { defaultNamed, StoredChoiceField } from './stored-choice-field.tsx';

interface ScoreProfileFieldProps {
  value: string | null;
  onChange: (scoreProfileId: string | null) => void;
  error: string | undefined;
}

/** The weights that pages are scored by, or those of the default profile. */
export function ScoreProfileField({ value, ...field }: ScoreProfileFieldProps) {
  const profiles = useQuery(trpc.scoreProfiles.list.queryOptions({ limit: 200 }));
  const items = profiles.data?.items ?? [];
  const standard = items.find((profile) => profile.isDefault);
  const meant = value === null ? standard : items.find((profile) => profile.scoreProfileId === value);
  return (
    <StoredChoiceField
      {...field}
      label="Score profile"
      list={profiles}
      what="score profiles"
      optionOf={(profile) => [profile.scoreProfileId, profile.name]}
      none={defaultNamed(standard)}
      gone="A profile that is gone"
      value={value}
      hint={meant?.description}
    />
  );
}
