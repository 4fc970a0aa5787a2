import type { Outputs } from '../../lib/contract.ts';
import { formatMs } from '../../lib/format-ms.ts';
import { verdictLabel } from '../phases/verdicts.ts';

export type ProxyView = Outputs['proxies']['get'];
export type PoolSummary = Outputs['proxyPools']['list']['items'][number];
export type PoolView = Outputs['proxyPools']['get'];

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
