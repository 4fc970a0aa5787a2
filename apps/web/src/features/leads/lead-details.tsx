import { readableKey } from '@domainflow/ui/blocks/readable-key.ts';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Mail, MapPin, Phone, UserRound } from 'lucide-react';
import type { LeadView } from '../../lib/contract.ts';
import { contactHref } from './contact-href.ts';

const ICONS: Readonly<Record<string, typeof Mail>> = { email: Mail, phone: Phone, address: MapPin };

/** The level of the headings, below that of what the details stand in. */
type HeadingTag = 'h3' | 'h4';

function Heading({ as: Tag, children }: { as: HeadingTag; children: string }) {
  return <Tag className="mb-1.5 text-xs font-medium text-ink-faint">{children}</Tag>;
}

/** Points with their sign: `+12`, `−20`. */
const formatPoints = (points: number): string =>
  `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(Math.round(points * 10) / 10)}`;

function ScoreParts({ parts, heading }: { parts: LeadView['scoreParts']; heading: HeadingTag }) {
  return (
    <section>
      <Heading as={heading}>Score</Heading>
      <ul className="divide-y divide-line rounded-lg ring-1 ring-line">
        {parts.map((part) => (
          <li key={`${part.part} ${part.reason}`} className="flex gap-3 px-3 py-1.5 text-sm">
            <span className="w-10 shrink-0 text-right font-medium">{formatPoints(part.points)}</span>
            <span className="min-w-0">
              <span className="inline-block first-letter:uppercase">{readableKey(part.part)}</span>
              <span className="text-ink-soft"> – {part.reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Contacts({ contacts, heading }: { contacts: LeadView['contacts']; heading: HeadingTag }) {
  if (contacts.length === 0) return null;
  return (
    <section>
      <Heading as={heading}>Contacts</Heading>
      <ul className="space-y-1.5 text-sm">
        {contacts.map((contact) => {
          const Icon = ICONS[contact.kind] ?? UserRound;
          const href = contactHref(contact.kind, contact.value);
          return (
            <li key={`${contact.kind} ${contact.value}`} className="flex gap-2">
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
              <span className="min-w-0">
                <span className="sr-only">{contact.kind}: </span>
                {href === null ? (
                  contact.value
                ) : (
                  <a href={href} className="break-all text-accent-ink hover:underline">
                    {contact.value}
                  </a>
                )}
                <span className="block text-xs text-ink-faint">
                  {Math.round(contact.confidence * 100)}% sure · {contact.place} of{' '}
                  <a
                    href={contact.sourceUrl}
                    target="_blank"
                    rel="noreferrer noopener"
                    className="break-all hover:underline"
                  >
                    {contact.sourceUrl}
                  </a>
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Keywords({ matches, heading }: { matches: LeadView['keywordMatches']; heading: HeadingTag }) {
  if (matches.length === 0) return null;
  return (
    <section>
      <Heading as={heading}>Keywords</Heading>
      <ul className="space-y-2 text-sm">
        {matches.map((match) => (
          <li key={`${match.keyword} ${match.place}`}>
            <span className="flex flex-wrap items-center gap-1.5">
              <Badge tone="accent">{match.keyword}</Badge>
              <span className="text-xs text-ink-faint">
                {match.count} × in {match.place}, weight {match.weight}
                {match.category === '' ? '' : `, ${match.category}`}
              </span>
            </span>
            <q className="mt-0.5 block text-xs break-words text-ink-soft">{match.matchContext}</q>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why a lead is one: its points, contacts, keywords and technologies, each with its evidence. */
export function LeadDetails({ lead, heading }: { lead: LeadView; heading: HeadingTag }) {
  return (
    <div className="space-y-4">
      <ScoreParts heading={heading} parts={lead.scoreParts} />
      <Contacts heading={heading} contacts={lead.contacts} />
      <Keywords heading={heading} matches={lead.keywordMatches} />
      {lead.technologies.length === 0 ? null : (
        <section>
          <Heading as={heading}>Technologies</Heading>
          <ul className="space-y-1 text-sm">
            {lead.technologies.map((technology) => (
              <li key={technology.name}>
                {technology.name}
                {technology.version === null ? '' : ` ${technology.version}`}
                {technology.confidence === undefined ? null : (
                  <span className="text-xs text-ink-faint"> · {technology.confidence}% sure</span>
                )}
                <span className="block font-mono text-xs break-all text-ink-faint">
                  {technology.evidence}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
