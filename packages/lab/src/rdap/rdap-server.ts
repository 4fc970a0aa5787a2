import type { LabIdentity } from '../dns-plan.ts';
import { statusText } from '../site/plain-pages.ts';
import { isBusyHost, planRdap, type RdapPlan, REGISTRIES, rdapDelayMs, registeredAt } from './rdap-plan.ts';

/** What the registry does with one request. */
export type RdapReply =
  | { readonly type: 'silence' }
  | {
      readonly type: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly delayMs: number;
      /** The request came before the time that an earlier answer had asked for was over. */
      readonly isHasty: boolean;
    };

/** Host to which `moved` sends: the registrar's server. */
const REGISTRAR_HOST = 'rdap-registrar-0.net';
const MEDIA_TYPE = 'application/rdap+json';
/** Seconds for which `limited` asks to be left alone: the shortest time that Retry-After can say. */
const LIMITED_S = 1;
const BUSY_S = 3_600;
/** Requests that were under way when the first one was denied are not hasty. */
const UNDER_WAY_MS = 500;

/** The lab's counterpart of https://data.iana.org/rdap/dns.json (RFC 9224). */
export const rdapBootstrap = (): string =>
  JSON.stringify({
    version: '1.0',
    description: 'RDAP servers of the lab',
    services: REGISTRIES.map(([tlds, url]) => [tlds, [url]]),
  });

/** A look-up of a domain (RFC 9082, 3.1.3), below whatever base. */
const RDAP_PATH = /\/domain\/([^/]+)$/;

/** Whether a request is for RDAP: such a path at a host whose first label starts with `rdap-`. */
export const isRdapRequest = (host: string, path: string): boolean =>
  host.startsWith('rdap-') && RDAP_PATH.test(path);

function reply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  delayMs = 0,
): Extract<RdapReply, { type: 'reply' }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'Content-Type': MEDIA_TYPE, ...headers };
  return { type: 'reply', status, body: text, delayMs, headers: all, isHasty: false };
}

const failure = (errorCode: number, title: string): object => ({
  rdapConformance: ['rdap_level_0'],
  errorCode,
  title,
});

/** A domain object (RFC 9083, 5.3). */
function domainObject(plan: RdapPlan, name: string): object {
  const from = registeredAt(plan);
  const until = new Date(Date.UTC(2035, from.getUTCMonth(), 1));
  return {
    rdapConformance: ['rdap_level_0'],
    objectClassName: 'domain',
    ldhName: name.toUpperCase(),
    status: plan.isHeld ? ['server hold'] : ['active'],
    events: [
      { eventAction: 'registration', eventDate: from.toISOString() },
      { eventAction: 'expiration', eventDate: until.toISOString() },
    ],
    entities: [
      {
        objectClassName: 'entity',
        roles: ['registrar'],
        vcardArray: ['vcard', [['fn', {}, 'text', `Lab Registrar ${plan.hash % 10}`]]],
      },
    ],
  };
}

/**
 * The registries of a lab. Answers are a function of (seed, name), but for `limited`, which denies the first request for a
 * name and whichever comes before the time that it has asked for is over.
 */
export class RdapRegistry {
  readonly #lab: LabIdentity;
  readonly #now: () => number;
  readonly #freeAtMs = new Map<string, number>();

  constructor(lab: LabIdentity, now: () => number = Date.now) {
    this.#lab = lab;
    this.#now = now;
  }

  /** The answer to a GET of this path at a registry's host. */
  answer(host: string, path: string): RdapReply {
    const name = RDAP_PATH.exec(path)?.[1]?.toLowerCase() ?? '';
    if (isBusyHost(host)) return this.#wait(host, BUSY_S) ?? reply(503, failure(503, 'Still busy'));
    const plan = planRdap(this.#lab, name);
    if (plan === null) return reply(404, failure(404, 'Not a domain'));
    switch (plan.kind) {
      case 'plain':
      case 'slow':
      // Whoever is sent to a server that the bootstrap file does not name gets an answer all the same.
      case 'busy':
      case 'unserved':
        return say(plan);
      case 'moved':
        return host === REGISTRAR_HOST
          ? say(plan)
          : reply(302, '', { Location: `https://${REGISTRAR_HOST}/domain/${name}` });
      case 'limited':
        return this.#wait(name, LIMITED_S) ?? say(plan);
      case 'down':
        return reply(503, failure(503, 'Out of order'));
      case 'broken':
        return reply(200, '{"objectClassName":"domain","ldhName":"');
      case 'mistaken':
        return reply(200, domainObject(plan, `not-${name}`));
      case 'circling':
        return reply(302, '', { Location: `https://${host}${path}` });
      case 'silent':
        return { type: 'silence' };
    }
  }

  /** Null once the time has passed that the first request with the key was told to wait. */
  #wait(key: string, seconds: number): RdapReply | null {
    const now = this.#now();
    const freeAtMs = this.#freeAtMs.get(key);
    if (freeAtMs === undefined) this.#freeAtMs.set(key, now + seconds * 1_000);
    else if (now >= freeAtMs) return null;
    const denied = reply(429, failure(429, 'Too many requests'), { 'Retry-After': String(seconds) });
    const isHasty = freeAtMs !== undefined && now > freeAtMs - seconds * 1_000 + UNDER_WAY_MS;
    return { ...denied, isHasty };
  }
}

function say(plan: RdapPlan): RdapReply {
  return plan.isRegistered
    ? reply(200, domainObject(plan, plan.domain), {}, rdapDelayMs(plan))
    : reply(404, failure(404, 'Not found'), {}, rdapDelayMs(plan));
}

/** The reply as it goes over the connection, which stays open. */
export function rdapBytes({ status, headers, body }: Extract<RdapReply, { type: 'reply' }>): Buffer {
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`HTTP/1.1 ${status} ${statusText(status)}\r\n${head}\r\n${body}`);
}
