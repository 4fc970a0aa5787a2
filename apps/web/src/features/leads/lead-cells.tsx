import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { AtSign, Ban, Copy, Mail, MapPin, Phone } from 'lucide-react';
import type { LeadView } from '../../lib/contract.ts';
import { contactKind, STATE_LABELS, STATE_TONES } from './lead-words.ts';

/** Keywords named in a row; the others are counted. */
const CHIPS = 2;

export function LeadState({ state }: { state: LeadView['state'] }) {
  return <Badge tone={STATE_TONES[state]}>{STATE_LABELS[state]}</Badge>;
}

/** The best contact in words, and signs of the other kinds. */
export function ContactSummary({ lead }: { lead: LeadView }) {
  if (lead.isSuppressed)
    return (
      <Badge tone="warn" icon={<Ban aria-hidden className="size-3" />}>
        Suppressed
      </Badge>
    );
  const { contacts } = lead;
  const of = (kind: string) => contacts.find((contact) => contact.kind === kind);
  const best = of('email') ?? of('phone');
  const signs = (['phone', 'social', 'address'] as const).filter(
    (kind) => of(kind) !== undefined && kind !== best?.kind,
  );
  if (best === undefined && signs.length === 0)
    return <span className="text-xs text-ink-faint">No contact</span>;
  return (
    <span className="flex min-w-0 items-center gap-2 text-xs text-ink-soft">
      {best === undefined ? null : (
        <span className="flex min-w-0 items-center gap-1.5" title={best.value}>
          {best.kind === 'email' ? (
            <Mail aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          ) : (
            <Phone aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          )}
          <span className="truncate">{best.value}</span>
        </span>
      )}
      {signs.map((kind) => {
        const Icon = { phone: Phone, social: AtSign, address: MapPin }[kind];
        return (
          <span key={kind} title={`${contactKind(kind)} too`} className="shrink-0 text-ink-faint">
            <Icon aria-hidden className="size-3.5" />
            <span className="sr-only">{contactKind(kind)}</span>
          </span>
        );
      })}
    </span>
  );
}

export function KeywordChips({ matches }: { matches: LeadView['keywordMatches'] }) {
  const names = [...new Set(matches.map((match) => match.keyword))];
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {names.slice(0, CHIPS).map((name) => (
        <Badge key={name} tone="accent" className="min-w-0">
          {name}
        </Badge>
      ))}
      {names.length > CHIPS ? (
        <span className="shrink-0 text-xs text-ink-faint" title={names.slice(CHIPS).join(', ')}>
          +{names.length - CHIPS}
        </span>
      ) : null}
    </span>
  );
}

export function GroupSign({ lead }: { lead: LeadView }) {
  if (lead.groupId === null) return null;
  return (
    <span title="It has near-duplicates" className="shrink-0 text-ink-faint">
      <Copy aria-hidden className="size-3.5" />
      <span className="sr-only">has near-duplicates</span>
    </span>
  );
}

export function TagList({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="truncate text-xs text-ink-faint" title={tags.join(', ')}>
      {tags.map((tag) => `#${tag}`).join(' ')}
    </span>
  );
}
