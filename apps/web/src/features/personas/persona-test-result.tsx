import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Check, Minus, X } from 'lucide-react';
import type { Outputs } from '../../lib/contract.ts';
import { formatBytes } from '../../lib/format.ts';
import { formatMs } from '../../lib/format-ms.ts';

type PersonaTest = Outputs['personas']['test'];
type DnsTest = Extract<PersonaTest, { kind: 'dns' }>;
type HttpTest = Extract<PersonaTest, { kind: 'http' }>;
type Check_ = DnsTest['resolvers'][number]['checks'][number];

const CHECK_LABELS: Readonly<Record<Check_['check'], string>> = {
  reachable: 'Answers',
  accuracy: 'Tells the truth',
  edns: 'EDNS',
  tcp: 'TCP',
  letter_case: 'Keeps the case of letters',
  certificate: 'Certificate',
};

const RESULTS: Readonly<Record<Check_['result'], { icon: typeof Check; word: string; look: string }>> = {
  passed: { icon: Check, word: 'passed', look: 'text-ok-ink' },
  failed: { icon: X, word: 'failed', look: 'text-bad-ink' },
  skipped: { icon: Minus, word: 'not tried', look: 'text-ink-faint' },
};

function ResolverResult({ resolver }: { resolver: DnsTest['resolvers'][number] }) {
  return (
    <li className="px-3 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <span className="flex min-w-0 items-center gap-1.5 text-sm font-medium">
          {resolver.ok ? (
            <Check aria-hidden className="size-4 shrink-0 text-ok-ink" />
          ) : (
            <X aria-hidden className="size-4 shrink-0 text-bad-ink" />
          )}
          <span className="font-mono text-xs break-all">{resolver.resolver}</span>
          <span className="sr-only">{resolver.ok ? 'works' : 'cannot be relied on'}</span>
        </span>
        {resolver.latencyMs === null ? null : (
          <span className="shrink-0 text-xs text-ink-faint">{formatMs(resolver.latencyMs)}</span>
        )}
      </div>
      <p className="mt-0.5 text-sm text-ink-soft">{resolver.summary}</p>
      <details className="mt-1">
        <summary className="text-xs text-ink-faint">What was tried</summary>
        <ul className="mt-1 space-y-1">
          {resolver.checks.map(({ check, result, detail }) => {
            const { icon: Icon, word, look } = RESULTS[result];
            return (
              <li key={check} className="flex gap-1.5 text-xs">
                <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${look}`} />
                <span className="min-w-0 break-words">
                  {CHECK_LABELS[check]}
                  <span className="sr-only"> {word}</span>
                  <span className="text-ink-faint"> – {detail}</span>
                </span>
              </li>
            );
          })}
        </ul>
      </details>
    </li>
  );
}

function Headers({ title, headers }: { title: string; headers: HttpTest['requestHeaders'] }) {
  if (headers.length === 0) return null;
  return (
    <details>
      <summary className="text-xs text-ink-faint">{title}</summary>
      <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 font-mono text-xs whitespace-pre-wrap break-all text-ink-soft">
        {headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
      </pre>
    </details>
  );
}

function PageResult({ test }: { test: HttpTest }) {
  return (
    <div className="space-y-2 px-3 py-2">
      <ol className="space-y-1" aria-label="Requests">
        {test.hops.map((hop, index) => (
          <li key={`${index}`} className="text-xs">
            <span className="font-mono break-all">{hop.url}</span>
            <span className="block text-ink-faint">
              {hop.failure ?? `status ${hop.statusCode ?? 'none'}`}
              {hop.protocol === null ? '' : ` · ${hop.protocol}`}
              {hop.address === null ? '' : ` · ${hop.address}`} · {formatMs(hop.elapsedMs)}
            </span>
          </li>
        ))}
      </ol>
      <p className="text-xs text-ink-faint">{formatBytes(test.bodyBytes)} of the page were read.</p>
      <Headers title="What was sent" headers={test.requestHeaders} />
      <Headers title="What came back" headers={test.responseHeaders} />
    </div>
  );
}

/** What a test found: one sentence on all of it, then each resolver or request. */
export function PersonaTestResult({ test }: { test: PersonaTest }) {
  return (
    <div className="space-y-2">
      {test.kind === 'dns' && test.resolvers.length === 1 ? null : (
        <Notice tone={test.ok ? 'ok' : 'warn'}>{test.summary}</Notice>
      )}
      <div
        className={
          test.kind === 'dns' && test.resolvers.length === 0 ? 'hidden' : 'rounded-lg ring-1 ring-line'
        }
      >
        {test.kind === 'dns' ? (
          <ul className="divide-y divide-line" aria-label="Resolvers tested">
            {test.resolvers.map((resolver) => (
              <ResolverResult key={resolver.resolver} resolver={resolver} />
            ))}
          </ul>
        ) : (
          <PageResult test={test} />
        )}
      </div>
    </div>
  );
}
