import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { KeywordSetEditor } from '../features/keyword-sets/keyword-set-editor.tsx';
import { Loaded } from '../features/shell/loaded.tsx';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

export function NewKeywordSetPage() {
  useDocumentTitle('New keyword set');
  return <KeywordSetEditor set={null} />;
}

export function KeywordSetPage() {
  const { keywordSetId } = useParams({ from: '/app/keyword-sets/$keywordSetId' });
  const query = useQuery(
    trpc.keywordSets.get.queryOptions(
      { id: keywordSetId },
      // A newer version would replace what is being typed: it is fetched when the page is opened, and when asked for.
      { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: 'always' },
    ),
  );
  useDocumentTitle(query.data?.name ?? 'Keyword set');
  return (
    <Loaded query={query} what="keyword set" skeleton={<Skeleton className="h-96 w-full" />}>
      {/* Another set, and a new version, is another form: what was typed against the old one is not mixed with it. */}
      {(set) => <KeywordSetEditor key={`${set.keywordSetId} ${set.version}`} set={set} />}
    </Loaded>
  );
}
