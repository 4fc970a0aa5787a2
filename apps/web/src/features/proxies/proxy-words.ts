import type { Tone } from '@domainflow/ui/primitives/tone.ts';
import type { Outputs } from '../../lib/contract.ts';
import { countOf, formatCount } from '../../lib/format.ts';
import { formatMs } from '../../lib/format-ms.ts';
import { verdictLabel } from '../phases/verdicts.ts';

export type ProxyView = Outputs['proxies']['get'];
export type PoolSummary = Outputs['proxyPools']['list']['items'][number];
export type PoolView = Outputs['proxyPools']['get'];
export type LiveState = NonNullable<ProxyView['live']>;
type Found = Pick<LiveState, 'requests' | 'failures' | 'failuresByKind'>;

/** How often what workers report is asked for. */
export const LIVE_REFRESH_MS = 5_000;

export const STATE_LABELS: Readonly<Record<LiveState['state'], string>> = {
  healthy: 'In use',
  probing: 'Being tried',
  ejected: 'Left out',
};

export const STATE_TONES: Readonly<Record<LiveState['state'], Tone>> = {
  healthy: 'ok',
  probing: 'accent',
  ejected: 'warn',
};

const FAILURE_LABELS: Readonly<Record<keyof LiveState['failuresByKind'], string>> = {
  refused: 'refused the connection',
  unreachable: 'not reached',
  timeout: 'silent',
  reset: 'reset',
  tls: 'failed in TLS',
  credentials: 'refused the credentials',
  protocol: 'not a proxy’s answer',
};

export const KIND_LABELS: Readonly<Record<ProxyView['kind'], string>> = {
  http: 'HTTP',
  https: 'HTTPS',
  socks5: 'SOCKS5',
};

export const ROTATION_LABELS: Readonly<Record<PoolSummary['rotation'], string>> = {
  round_robin: 'Each in turn',
  random: 'At random',
  sticky: 'One for each site',
  least_used: 'The least used',
};

/** `http://[2001:db8::1]:3128`, as people write proxies down. */
export const addressOf = ({ kind, host, port }: Pick<ProxyView, 'kind' | 'host' | 'port'>): string =>
  `${kind}://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** `PROXY_ERROR: refused` as a person reads it: what happened, or the verdict's label where nothing more is known. */
function problemOf(problem: string | null): string {
  const [, code = '', detail = ''] = /^([A-Z][A-Z0-9_]*)(?:: (.*))?$/s.exec(problem ?? '') ?? [];
  if (detail !== '') return detail;
  return code === '' ? (problem ?? 'no reason was told') : verdictLabel('http', code).toLowerCase();
}

/** What a health check found, in a sentence. */
export function checkSentence(check: ProxyView['lastCheck']): string {
  if (check === null) return 'Not checked yet.';
  if (!check.ok) return `It did not work: ${problemOf(check.problem)}.`;
  const time = check.latencyMs === null ? '' : ` in ${formatMs(check.latencyMs)}`;
  const exit = check.exitAddress === null ? '' : `, and comes out at ${check.exitAddress}`;
  return `It works: a page came${time}${exit}.`;
}

/** How many requests went through a proxy, and how it failed: `400 requests, 3 failed (2 reset, 1 silent)`. */
export function requestsSentence({ requests, failures, failuresByKind }: Found): string {
  const count = countOf(requests, 'request');
  if (failures === 0) return `${count}, none failed`;
  const kinds = (Object.entries(failuresByKind) as [keyof typeof FAILURE_LABELS, number][])
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, number]) => `${formatCount(number)} ${FAILURE_LABELS[kind]}`);
  return `${count}, ${formatCount(failures)} failed (${kinds.join(', ')})`;
}

/** `1 in use, 1 left out, 2 not used now`. */
export function statesSentence({ healthy, probing, ejected, unused }: PoolSummary['states']): string {
  if (healthy + probing + ejected === 0) return 'No worker uses it now';
  const parts = [
    [healthy, 'in use'],
    [probing, 'being tried'],
    [ejected, 'left out'],
    [unused, 'not used now'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, label]) => `${number} ${label}`)
    .join(', ');
}
