import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ScoreProfileEditor } from '../features/score-profiles/score-profile-editor.tsx';
import { Loaded } from '../features/shell/loaded.tsx';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

export function NewScoreProfilePage() {
  useDocumentTitle('New score profile');
  return <ScoreProfileEditor profile={null} />;
}

export function ScoreProfilePage() {
  const { scoreProfileId } = useParams({ from: '/app/score-profiles/$scoreProfileId' });
  const query = useQuery(
    trpc.scoreProfiles.get.queryOptions(
      { id: scoreProfileId },
      // A newer version would replace what is being typed: it is fetched when the page is opened, and when asked for.
      { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: 'always' },
    ),
  );
  useDocumentTitle(query.data?.name ?? 'Score profile');
  return (
    <Loaded query={query} what="score profile" skeleton={<Skeleton className="h-96 w-full" />}>
      {/* Another profile, and a new version, is another form: what was typed against the old one is not mixed with it. */}
      {(profile) => (
        <ScoreProfileEditor key={`${profile.scoreProfileId} ${profile.version}`} profile={profile} />
      )}
    </Loaded>
  );
}
