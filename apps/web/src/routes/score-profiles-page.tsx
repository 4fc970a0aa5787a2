import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { NamedListPage, NamedRow, ROW_NAME } from '../features/shell/named-list-page.tsx';
import { NewLink } from '../features/shell/new-link.tsx';
import { formatAgo } from '../lib/format.ts';
import { searchOf } from '../lib/search-params.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';
import { useNow } from '../lib/use-now.ts';

/** Weights that leads are scored by. */
export function ScoreProfilesPage() {
  useDocumentTitle('Score profiles');
  const now = useNow(60_000);
  const [words, setWords] = useState('');
  const list = useQuery(
    trpc.scoreProfiles.list.queryOptions(
      { limit: 500, ...searchOf(words) },
      { placeholderData: keepPreviousData },
    ),
  );
  const items = list.data?.items ?? [];
  return (
    <NamedListPage
      title="Score profiles"
      description="How many points keywords, contacts, technologies and the page itself give a lead."
      action={<NewLink to="/score-profiles/new">New score profile</NewLink>}
      what="score profiles"
      words={words}
      onWords={setWords}
      list={list}
      empty={<EmptyState icon={<Gauge aria-hidden className="size-5" />} title="No score profile matches" />}
    >
      {items.map((profile) => (
        <NamedRow
          key={profile.scoreProfileId}
          name={
            <Link
              to="/score-profiles/$scoreProfileId"
              params={{ scoreProfileId: profile.scoreProfileId }}
              className={ROW_NAME}
            >
              {profile.name}
            </Link>
          }
          description={profile.description === '' ? 'No description' : profile.description}
        >
          {profile.isDefault ? <Badge tone="accent">Default</Badge> : null}
          <span className="text-xs text-ink-faint">
            version {profile.version}, {formatAgo(profile.updatedAt, now)}
          </span>
        </NamedRow>
      ))}
    </NamedListPage>
  );
}
