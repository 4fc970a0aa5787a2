import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import { readableKey } from '@domainflow/ui/blocks/readable-key.ts';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LeadDetail } from '../../lib/contract.ts';
import { formatInstant } from '../../lib/format.ts';
import { LEAD_STATES } from '../../lib/lead-search.ts';
import { oneOf } from '../../lib/search-params.ts';
import { trpc } from '../../lib/trpc.ts';
import { DomainName } from '../domains/domain-name.tsx';
import { LeadState } from './lead-cells.tsx';
import { DetailHeading } from './lead-details.tsx';
import { groupReason } from './lead-words.ts';
import { ScoreMeter } from './score-meter.tsx';

/** Near-duplicates that are shown at first. */
const FIRST_MEMBERS = 5;

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The name of a code, or the code itself where a page says something that is none. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** What the page says of itself besides. */
export function PageFacts({ lead }: { lead: LeadDetail }) {
  const { page, language, country } = lead;
  const items: (readonly [string, string])[] = [];
  const add = (term: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') items.push([term, value]);
  };
  add('Title', lead.title);
  add('Organisation', lead.organisation);
  add('Description', page?.description);
  const spoken = language ?? page?.language ?? null;
  add('Language', spoken === null ? null : nameOf(LANGUAGES, spoken));
  add('Country', country === null ? null : nameOf(COUNTRIES, country));
  add('Headings', page?.headings.slice(0, 8).join(' · '));
  add('Forms', page?.forms.map(readableKey).join(', '));
  add('Payments', page?.payments.map(readableKey).join(', '));
  add('Analytics', page?.trackers.join(', '));
  if (page !== null) add('Read', formatInstant(page.fetchedAt));
  if (items.length === 0) return null;
  return (
    <section>
      <DetailHeading as="h3">Page</DetailHeading>
      <DefinitionList items={items} />
    </section>
  );
}

/** Scores that the lead has had, the present one first. */
export function ScoreHistory({ lead }: { lead: LeadDetail }) {
  const profiles = useQuery(trpc.scoreProfiles.list.queryOptions({ limit: 200 }));
  const nameOfProfile = (id: string | null): string =>
    id === null
      ? 'the built-in weights'
      : (profiles.data?.items.find((profile) => profile.scoreProfileId === id)?.name ?? 'a deleted profile');
  return (
    <section>
      <DetailHeading as="h3">Scores</DetailHeading>
      <ol className="space-y-1 text-sm">
        {lead.scoreHistory.map((entry) => (
          <li key={`${entry.at} ${entry.scoreProfileVersion}`} className="flex items-center gap-3">
            <ScoreMeter score={entry.score} />
            <span className="min-w-0 text-xs text-ink-soft">
              by {nameOfProfile(entry.scoreProfileId)}
              {entry.scoreProfileVersion === null ? '' : `, version ${entry.scoreProfileVersion}`}
              <span className="block text-ink-faint">{formatInstant(entry.at)}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Near-duplicates of the lead. */
export function GroupMembers({ lead, onOpen }: { lead: LeadDetail; onOpen: (leadId: string) => void }) {
  const [isWhole, setWhole] = useState(false);
  if (lead.groupMembers.length === 0) return null;
  const shown = isWhole ? lead.groupMembers : lead.groupMembers.slice(0, FIRST_MEMBERS);
  return (
    <section>
      <DetailHeading as="h3">Near-duplicates</DetailHeading>
      <p className="mb-1.5 text-xs text-ink-soft">
        In one group: {lead.groupReasons.map(groupReason).join(', ')}
      </p>
      <ul className="divide-y divide-line rounded-lg ring-1 ring-line">
        {shown.map((member) => {
          const state = oneOf(LEAD_STATES, member.state);
          return (
            <li key={member.leadId} className="flex items-center gap-3 px-3 py-1.5">
              <ScoreMeter score={member.score} />
              <button
                type="button"
                onClick={() => onOpen(member.leadId)}
                className="min-w-0 flex-1 truncate text-left text-sm font-medium hover:underline"
              >
                <DomainName name={member.domain} />
                <span className="block truncate text-xs font-normal text-ink-faint">{member.title}</span>
              </button>
              {state === undefined ? null : <LeadState state={state} />}
            </li>
          );
        })}
      </ul>
      {shown.length === lead.groupMembers.length ? null : (
        <Button size="sm" look="ghost" className="mt-1" onClick={() => setWhole(true)}>
          Show {lead.groupMembers.length - shown.length} more
        </Button>
      )}
    </section>
  );
}
