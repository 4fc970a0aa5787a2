import type { Clock } from '@domainflow/domain/clock.ts';
import type { AddressLookup } from '@domainflow/domain/http/http-port.ts';
import type { ProxyPool } from '@domainflow/domain/http/proxy-pool.ts';
import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Guard } from '../guard/guard.ts';
import type { Trust } from '../tls/trust.ts';
import type { ProxyTurns } from './proxy/proxy-turns.ts';
import type { RequestFields } from './request-text.ts';
import type { RobotsCache } from './robots-cache.ts';
import type { TargetTurns } from './target-turns.ts';

/** What visits of one persona share. */
export interface VisitContext {
  readonly persona: HttpPersona;
  readonly fields: RequestFields;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly lookup: AddressLookup;
  readonly trust: Trust;
  readonly labTrust: Trust;
  readonly turns: TargetTurns;
  /** What origins asked for instead of what they were offered. */
  readonly protocols: Map<string, 'http/1.1' | 'h2'>;
  readonly robots: RobotsCache;
  /** Null: requests go direct. Otherwise nothing does. */
  readonly proxies: { readonly pool: ProxyPool; readonly turns: ProxyTurns } | null;
}
