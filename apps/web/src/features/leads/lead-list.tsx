import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Mail, Phone } from 'lucide-react';
import type { LeadView } from '../../lib/contract.ts';

/** Keywords named in a row; the others are counted. */
const CHIPS = 3;

function Score({ score }: { score: number }) {
  return (
    <span className="flex w-14 shrink-0 flex-col items-start gap-1">
      <span className="text-base leading-none font-semibold">{score}</span>
      <span aria-hidden className="h-1 w-10 overflow-hidden rounded-full bg-line">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${Math.min(100, score)}%` }} />
      </span>
    </span>
  );
}

function KeywordChips({ matches }: { matches: LeadView['keywordMatches'] }) {
  const names = [...new Set(matches.map((match) => match.keyword))];
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {names.slice(0, CHIPS).map((name) => (
        <Badge key={name} tone="accent">
          {name}
        </Badge>
      ))}
      {names.length > CHIPS ? <span className="text-xs text-ink-faint">+{names.length - CHIPS}</span> : null}
    </span>
  );
}

function ContactSummary({ contacts }: { contacts: LeadView['contacts'] }) {
  const email = contacts.find((contact) => contact.kind === 'email');
  const phone = contacts.find((contact) => contact.kind === 'phone');
  return (
    <span className="flex min-w-0 flex-col gap-0.5 text-xs text-ink-soft">
      {email === undefined ? null : (
        <span className="flex min-w-0 items-center gap-1.5">
          <Mail aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          <span className="truncate">{email.value}</span>
        </span>
      )}
      {phone === undefined ? null : (
        <span className="flex min-w-0 items-center gap-1.5">
          <Phone aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          <span className="truncate">{phone.value}</span>
        </span>
      )}
    </span>
  );
}

interface LeadListProps {
  leads: readonly LeadView[];
  onOpen: (lead: LeadView) => void;
}

/** Leads with what one decides by: score, who it is, how to reach them, which keywords. */
export function LeadList({ leads, onOpen }: LeadListProps) {
  return (
    <ul aria-label="Leads" className="divide-y divide-line">
      {leads.map((lead) => (
        <li
          key={lead.ordinal}
          className="relative grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5 px-4 py-2.5 transition-colors hover:bg-sunken/70 md:grid-cols-[auto_minmax(0,2fr)_minmax(0,1.3fr)_minmax(0,1.2fr)]"
        >
          <Score score={lead.score} />
          <span className="min-w-0">
            <button
              type="button"
              onClick={() => onOpen(lead)}
              className="block max-w-full truncate text-left text-sm font-medium after:absolute after:inset-0"
            >
              {lead.domain}
            </button>
            <span className="block truncate text-xs text-ink-faint">
              {lead.organisation ?? lead.title ?? 'Without a title'}
            </span>
          </span>
          <span className="min-w-0 max-md:col-start-2">
            <ContactSummary contacts={lead.contacts} />
          </span>
          <span className="min-w-0 max-md:col-start-2">
            <KeywordChips matches={lead.keywordMatches} />
          </span>
        </li>
      ))}
    </ul>
  );
}
