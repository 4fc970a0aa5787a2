import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import type { Tone } from '@domainflow/ui/primitives/tone.ts';
import type { ReactNode } from 'react';
import { formatCount, formatDuration } from '../../lib/format.ts';
import type { DnsEvidenceView as Evidence } from './dns-evidence-schema.ts';
import { answerSentence, recheckSentence, registrationOf, wildcardSentence } from './dns-sentences.ts';

const AVAILABILITY_TONE = (isAvailable: boolean | null): Tone =>
  isAvailable === null ? 'warn' : isAvailable ? 'ok' : 'neutral';

function Records({ records, dropped }: { records: NonNullable<Evidence['records']>; dropped: number }) {
  return (
    <table className="w-full text-xs">
      <caption className="sr-only">Records</caption>
      <thead>
        <tr className="text-left text-ink-faint">
          <th className="w-14 pb-0.5 font-medium">Type</th>
          <th className="pb-0.5 font-medium">Answer</th>
          <th className="w-16 pb-0.5 text-right font-medium">TTL</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={`${record.type} ${record.data}`} className="border-t border-line/70 align-top">
            <td className="py-0.5">{record.type}</td>
            <td className="py-0.5 pr-2 font-mono break-all">{record.data}</td>
            <td className="py-0.5 text-right whitespace-nowrap" title={`${formatCount(record.ttl)} seconds`}>
              {formatDuration(record.ttl * 1_000)}
            </td>
          </tr>
        ))}
      </tbody>
      {dropped === 0 ? null : (
        <tfoot>
          <tr>
            <td colSpan={3} className="pt-1 text-ink-faint">
              {formatCount(dropped)} more were not kept.
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Probes({ probes }: { probes: NonNullable<NonNullable<Evidence['wildcard']>['probes']> }) {
  return (
    <ul className="mt-1 space-y-0.5 text-xs" aria-label="Random names that were asked">
      {probes.map((probe) => (
        <li key={probe.name} className="break-all">
          <span className="font-mono">{probe.name}</span>
          <span className="text-ink-faint">
            {' '}
            {probe.answers.length === 0 ? probe.rcode : probe.answers.join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface DnsEvidenceViewProps {
  evidence: Evidence;
  verdict: string;
  isAvailable: boolean | null;
}

/** The evidence of a DNS verdict in sentences: answer, registration, wildcards, second opinion. */
export function DnsEvidenceView({ evidence, verdict, isAvailable }: DnsEvidenceViewProps) {
  const { records = [], recordsDropped = 0, byType, wildcard, registration } = evidence;
  const word = registrationOf(evidence, verdict, isAvailable);
  const zone = wildcardSentence(evidence);
  const recheck = recheckSentence(evidence);
  const notes = [
    evidence.problem ?? null,
    evidence.retriesCut === true ? 'The run’s budget for retries was used up: it was asked once.' : null,
    evidence.isCaseIgnored === true
      ? 'The resolver does not keep the case of letters: it was asked without that protection.'
      : null,
  ].filter((note) => note !== null);
  const items: (readonly [string, ReactNode])[] = [
    [
      'Answer',
      <span key="answer" className="break-words">
        {answerSentence(evidence)}
        {byType === undefined ? null : (
          <span className="block text-xs text-ink-faint">
            {Object.entries(byType)
              .map(([type, rcode]) => `${type}: ${rcode}`)
              .join(' · ')}
          </span>
        )}
        {notes.map((note) => (
          <span key={note} className="block text-xs text-warn-ink">
            {note}
          </span>
        ))}
      </span>,
    ],
    [
      'Registration',
      <div key="registration">
        <Badge wraps tone={AVAILABILITY_TONE(isAvailable)}>
          {word.word}
        </Badge>
        <p className="mt-0.5 text-xs text-ink-soft">{word.why}</p>
        {registration?.registrar === undefined ? null : (
          <p className="text-xs text-ink-faint">
            At {registration.registrar}
            {registration.expiresAt === undefined ? '' : ` until ${registration.expiresAt.slice(0, 10)}`}
            {registration.states === undefined ? '' : ` · ${registration.states.join(', ')}`}
          </p>
        )}
        {registration?.url === undefined || registration.url === null ? null : (
          <a
            href={registration.url}
            target="_blank"
            rel="noreferrer noopener"
            className="text-xs break-all text-accent-ink hover:underline"
          >
            {registration.url}
          </a>
        )}
      </div>,
    ],
  ];
  if (zone !== null) {
    items.push([
      'Wildcards',
      <div key="wildcards">
        {zone}
        {wildcard?.probes === undefined ? null : <Probes probes={wildcard.probes} />}
      </div>,
    ]);
  }
  if (recheck !== null) items.push(['Second opinion', recheck]);
  return (
    <div className="space-y-3">
      {records.length === 0 ? null : <Records records={records} dropped={recordsDropped} />}
      <DefinitionList items={items} />
    </div>
  );
}
