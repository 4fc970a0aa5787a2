import { DefinitionList } from '@domainflow/ui/blocks/definition-list.tsx';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatBytes } from '../../lib/format.ts';
import { formatMs } from '../../lib/format-ms.ts';
import { trpc } from '../../lib/trpc.ts';
import { verdictLabel } from '../phases/verdicts.ts';
import type { HopView, HttpEvidence } from './http-evidence-schema.ts';
import { otherSchemeSentence, randomPathSentence, robotsSentence, tlsSentence } from './http-sentences.ts';

/** The proxy's name; what is gone or may not be seen keeps its id. */
function ProxyName({ id }: { id: string }) {
  const proxy = useQuery(trpc.proxies.get.queryOptions({ id }, { retry: false, staleTime: 60_000 }));
  return <>{proxy.data?.name ?? id}</>;
}

function Hop({ hop }: { hop: HopView }) {
  const facts = [
    hop.address ?? null,
    hop.protocol ?? null,
    hop.connectMs === undefined ? null : `connected in ${formatMs(hop.connectMs)}`,
    hop.firstByteMs === undefined ? null : `first byte after ${formatMs(hop.firstByteMs)}`,
    `${formatMs(hop.ms)} in all`,
    hop.refresh === undefined ? null : `the page goes on by itself (${hop.refresh})`,
  ].filter((fact) => fact !== null);
  return (
    <li className="text-xs">
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 font-mono break-all">{hop.url}</span>
        <span className={hop.reason === undefined ? 'font-medium' : 'text-bad-ink'}>
          {hop.reason === undefined ? hop.status : verdictLabel('http', hop.reason)}
        </span>
      </span>
      {hop.detail === undefined ? null : (
        <span className="block break-words text-ink-soft">{hop.detail}</span>
      )}
      <span className="block text-ink-faint">
        {facts.join(' · ')}
        {hop.proxy === undefined ? null : (
          <>
            {' · through '}
            <ProxyName id={hop.proxy} />
          </>
        )}
      </span>
    </li>
  );
}

/** How a visit went: the chain of requests, protocol, certificate, times and robots.txt. */
export function HttpEvidenceView({ evidence }: { evidence: HttpEvidence }) {
  const { hops, further = [], parked = [] } = evidence;
  const items: (readonly [string, ReactNode])[] = [];
  const add = (term: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') items.push([term, value]);
  };
  add('Final URL', evidence.finalUrl);
  add('TLS', tlsSentence(evidence));
  add('Also tried', otherSchemeSentence(evidence));
  add('robots.txt', robotsSentence(evidence));
  add('Server', evidence.server);
  add('Powered by', evidence.poweredBy);
  if (evidence.bodyBytes !== undefined) {
    const cut = evidence.truncated === true ? ', cut off at the limit' : '';
    const kind = evidence.contentType ? `, ${evidence.contentType}` : '';
    add('Read', `${formatBytes(evidence.bodyBytes)}${kind}${cut}`);
  }
  add('Took', formatMs(evidence.elapsedMs));
  if (parked.length > 0) add('Parked', parked.join(' · '));
  add('In doubt', randomPathSentence(evidence));
  return (
    <div className="space-y-3">
      <ol className="space-y-1.5" aria-label="Requests">
        {hops.map((hop, index) => (
          // A chain can ask for the same page twice.
          <Hop key={`${index}`} hop={hop} />
        ))}
      </ol>
      <DefinitionList items={items} />
      {further.length === 0 ? null : (
        <div>
          <h4 className="mb-1 text-xs font-medium text-ink-faint">Also fetched</h4>
          <ul className="space-y-0.5 text-xs">
            {further.map((part) => (
              <li key={part.url} className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 font-mono break-all">{part.url}</span>
                <span className="text-ink-soft">{part.status ?? verdictLabel('http', part.verdict)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
