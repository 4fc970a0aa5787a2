import { readableKey } from '@domainflow/ui/blocks/readable-key.ts';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { AtSign, FileText, Mail, MapPin, Phone, UserRound } from 'lucide-react';
import type { LeadDetail, LeadView } from '../../lib/contract.ts';
import { formatDay, formatInstant } from '../../lib/format.ts';
import { contactHref } from './contact-href.ts';
import { KeywordMatchLine } from './keyword-match-line.tsx';
import { contactFlag, contactKind, formatPoints, networkName, placeOnPage } from './lead-words.ts';

const ICONS: Readonly<Record<string, typeof Mail>> = {
  email: Mail,
  phone: Phone,
  social: AtSign,
  address: MapPin,
  page: FileText,
};

/** The level of the headings, below that of what the details stand in. */
type HeadingTag = 'h3' | 'h4';

export function DetailHeading({ as: Tag, children }: { as: HeadingTag; children: string }) {
  return <Tag className="mb-1.5 text-xs font-medium text-ink-faint">{children}</Tag>;
}

interface ScorePart {
  readonly part: string;
  readonly points: number;
  readonly reason: string;
}

/** The points of a score, each with its reason. */
export function ScoreParts({ parts, heading }: { parts: readonly ScorePart[]; heading: HeadingTag }) {
  return (
    <section>
      <DetailHeading as={heading}>Score</DetailHeading>
      <ul className="divide-y divide-line rounded-lg ring-1 ring-line">
        {parts.map((part) => (
          <li key={`${part.part} ${part.reason}`} className="flex gap-3 px-3 py-1.5 text-sm">
            <span
              className={`w-10 shrink-0 text-right font-medium ${part.points < 0 ? 'text-bad-ink' : 'text-ok-ink'}`}
            >
              {formatPoints(part.points)}
            </span>
            <span className="min-w-0 break-words">
              <span className="inline-block first-letter:uppercase">{readableKey(part.part)}</span>
              <span className="text-ink-soft"> – {part.reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the view of one lead says of a contact besides. */
type Contact = LeadView['contacts'][number] & Partial<LeadDetail['contacts'][number]>;

function ContactRow({ contact }: { contact: Contact }) {
  const Icon = ICONS[contact.kind] ?? UserRound;
  const href = contactHref(contact.kind, contact.value);
  const isWeb = href?.startsWith('http') === true;
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
      <span className="min-w-0">
        <span className="sr-only">{contactKind(contact.kind)}: </span>
        <span className="flex flex-wrap items-center gap-1.5">
          {contact.network === undefined ? null : (
            <span className="font-medium">{networkName(contact.network)}</span>
          )}
          {href === null ? (
            <span className="break-words">{contact.value}</span>
          ) : (
            <a
              href={href}
              className="break-all text-accent-ink hover:underline"
              {...(isWeb ? { target: '_blank', rel: 'noreferrer noopener' } : {})}
            >
              {contact.value}
            </a>
          )}
          {(contact.flags ?? []).map((flag) => (
            <Badge key={flag} tone={flag === 'disposable' ? 'warn' : 'neutral'}>
              {contactFlag(flag)}
            </Badge>
          ))}
          {contact.hasMx === undefined || contact.hasMx === null ? null : (
            <Badge tone={contact.hasMx ? 'neutral' : 'warn'}>
              {contact.hasMx ? 'its domain takes mail' : 'its domain takes no mail'}
            </Badge>
          )}
        </span>
        <span className="block text-xs text-ink-faint">
          {Math.round(contact.confidence * 100)}% sure · in {placeOnPage(contact.place)} of{' '}
          <a
            href={contact.sourceUrl}
            target="_blank"
            rel="noreferrer noopener"
            className="break-all hover:underline"
          >
            {contact.sourceUrl}
          </a>
          {contact.firstSeenAt === undefined || contact.firstSeenAt === null ? null : (
            <time dateTime={contact.firstSeenAt} title={formatInstant(contact.firstSeenAt)}>
              {` · first seen ${formatDay(contact.firstSeenAt)}`}
            </time>
          )}
        </span>
      </span>
    </li>
  );
}

function Contacts({ contacts, heading }: { contacts: readonly Contact[]; heading: HeadingTag }) {
  if (contacts.length === 0) return null;
  return (
    <section>
      <DetailHeading as={heading}>Contacts</DetailHeading>
      <ul className="space-y-2 text-sm">
        {contacts.map((contact) => (
          <ContactRow key={`${contact.kind} ${contact.value} ${contact.sourceUrl}`} contact={contact} />
        ))}
      </ul>
    </section>
  );
}

function Keywords({ matches, heading }: { matches: LeadView['keywordMatches']; heading: HeadingTag }) {
  if (matches.length === 0) return null;
  return (
    <section>
      <DetailHeading as={heading}>Keywords</DetailHeading>
      <ul className="space-y-2 text-sm">
        {matches.map((match) => (
          <li key={`${match.keyword} ${match.place}`}>
            <KeywordMatchLine match={match} />
            {match.sourceUrl === undefined ? null : (
              <span className="block text-xs break-all text-ink-faint">
                on{' '}
                <a
                  href={match.sourceUrl}
                  target="_blank"
                  rel="noreferrer noopener"
                  className="hover:underline"
                >
                  {match.sourceUrl}
                </a>
              </span>
            )}
            {[match.matchContext, ...(match.furtherContexts ?? [])].map((context, index) => (
              // Contexts may be the same twice: their order is their identity.
              <q key={`${index}`} className="mt-0.5 block text-xs break-words text-ink-soft">
                {context}
              </q>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Technologies({ lead, heading }: { lead: LeadView; heading: HeadingTag }) {
  if (lead.technologies.length === 0) return null;
  return (
    <section>
      <DetailHeading as={heading}>Technologies</DetailHeading>
      <ul className="space-y-1.5 text-sm">
        {lead.technologies.map((technology) => (
          <li key={technology.name}>
            {technology.name}
            {technology.version === null ? '' : ` ${technology.version}`}
            <span className="text-xs text-ink-faint">
              {technology.categories === undefined || technology.categories.length === 0
                ? ''
                : ` · ${technology.categories.join(', ')}`}
              {technology.confidence === undefined ? '' : ` · ${technology.confidence}% sure`}
            </span>
            <span className="block font-mono text-xs break-all text-ink-faint">{technology.evidence}</span>
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
      <Contacts heading={heading} contacts={lead.contacts} />
      <ScoreParts heading={heading} parts={lead.scoreParts} />
      <Keywords heading={heading} matches={lead.keywordMatches} />
      <Technologies heading={heading} lead={lead} />
    </div>
  );
}
