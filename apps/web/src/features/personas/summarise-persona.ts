import { countOf, formatBytes, formatDuration } from '../../lib/format.ts';

type Config = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const addressOf = (resolver: unknown): string =>
  typeof resolver === 'object' && resolver !== null && 'address' in resolver
    ? String(resolver.address)
    : String(resolver);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `System resolvers · A, AAAA · 2 s, 4 attempts`. */
export function summariseDns(config: Config): string {
  const resolvers = listOf(config.resolvers).map(addressOf);
  const servers =
    resolvers.length === 0
      ? 'System resolvers'
      : resolvers.length <= 2
        ? resolvers.join(', ')
        : `${resolvers.length} resolvers`;
  const limit = typeof config.queriesPerSecond === 'number' ? ` · ${config.queriesPerSecond}/s each` : '';
  return `${servers} · ${listOf(config.recordTypes).join(', ')} · ${formatDuration(numberOf(config.timeoutMs))}, ${countOf(numberOf(config.attempts), 'attempt')}${limit}`;
}

/** `Mozilla/5.0 … · 10 s · 5 redirects · 262 kB`. */
export function summariseHttp(config: Config): string {
  return [
    textOf(config.userAgent),
    formatDuration(numberOf(config.timeoutMs)),
    countOf(numberOf(config.maxRedirects), 'redirect'),
    formatBytes(numberOf(config.maxBodyBytes)),
  ].join(' · ');
}
