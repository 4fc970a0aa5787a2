import type { HttpHop, RobotsDecision } from '@domainflow/domain/http/http-port.ts';
import { parseRobots, ROBOTS_CAP_BYTES, robotsAllow } from '@domainflow/domain/http/robots.ts';
import type { Cancellation } from './cancellation.ts';
import { decodeContent, encodingsOfResponse } from './decode-content.ts';
import { FetchFailure } from './failure.ts';
import type { Requester } from './requester.ts';
import type { RawResponse } from './response-wait.ts';
import type { KnownRobots } from './robots-cache.ts';
import { locationOf } from './site-verdict.ts';
import type { VisitContext } from './visit-context.ts';
import type { VisitDeadline } from './visit-deadline.ts';

/** RFC 9309, 2.3.1.2. */
const MOST_REDIRECTS = 5;
/** Octets of bodies that say nothing, read so that the connection can take the page's request. */
const DRAINED_BYTES = 16_384;
const MISSING = { because: 'missing', rules: { rules: [] } } as const;

/** Asks robots.txt whether pages may be fetched. One for each visit. */
export class RobotsCheck {
  /** What was decided last. */
  decision: RobotsDecision | null = null;
  private readonly context: VisitContext;
  private readonly requester: Requester;
  private readonly deadline: VisitDeadline;
  private readonly cancellation: Cancellation;

  constructor(
    context: VisitContext,
    requester: Requester,
    deadline: VisitDeadline,
    cancellation: Cancellation,
  ) {
    this.context = context;
    this.requester = requester;
    this.deadline = deadline;
    this.cancellation = cancellation;
  }

  /** The persona does not ask: nothing is fetched, and nothing is in the way. */
  ignore(page: URL): void {
    const url = `${page.origin}/robots.txt`;
    this.decision = {
      url,
      decision: 'allow',
      because: 'ignored',
      rule: null,
      statusCode: null,
      fromCache: false,
    };
  }

  /**
   * Resolves where the page may be fetched, with whether the host was asked for it. Otherwise rejects: `ROBOTS_DENIED`
   * by a rule, `UPSTREAM_5XX` where the file is answered with that (all is disallowed then), or as connecting failed.
   * Hops are told where they failed.
   */
  async admit(page: URL, untilMs: number, hops: HttpHop[]): Promise<{ readonly asked: boolean }> {
    const { persona, robots } = this.context;
    const url = new URL('/robots.txt', page.origin);
    // A proxy may answer in the place of the site: what came through one does not hold for who asks directly.
    const way = this.context.proxies === null ? '' : ' by proxy';
    const key = `${page.origin} ${persona.robotsAgent}${way}`;
    let known = robots.get(key);
    const fromCache = known !== null;
    while (known === null) {
      const others = robots.asking(key);
      if (others === null) known = await this.ask(key, url, untilMs, hops);
      else {
        await this.cancellation.race(
          others,
          this.deadline,
          untilMs,
          () => new FetchFailure('TIMEOUT', 'exchange', 'robots.txt was not there in time'),
        );
        known = robots.get(key);
      }
    }
    const { allowed, rule } = robotsAllow(known.rules, `${page.pathname}${page.search}`);
    this.decision = {
      url: url.href,
      decision: allowed ? 'allow' : 'deny',
      because: known.because,
      rule,
      statusCode: known.statusCode,
      fromCache,
    };
    if (allowed) return { asked: !fromCache };
    throw answered(new FetchFailure('ROBOTS_DENIED', 'exchange', `robots.txt: ${rule ?? 'Disallow'}`), null);
  }

  private async ask(key: string, url: URL, untilMs: number, hops: HttpHop[]): Promise<KnownRobots> {
    const { robots } = this.context;
    const done = robots.begin(key);
    const own: HttpHop[] = [];
    try {
      const known = await this.read(url, untilMs, own);
      robots.set(key, known);
      return known;
    } catch (error) {
      if (error instanceof FetchFailure) hops.push(...own);
      throw error;
    } finally {
      done();
    }
  }

  private async read(first: URL, untilMs: number, hops: HttpHop[]): Promise<KnownRobots> {
    let url = first;
    for (let redirects = 0; ; redirects++) {
      const raw = await this.requester.get(
        url,
        {
          untilMs,
          keep: url.origin === first.origin,
          wireCapBytes: ROBOTS_CAP_BYTES,
          wantedBytes: ({ statusCode }) =>
            statusCode >= 200 && statusCode < 300 ? ROBOTS_CAP_BYTES : DRAINED_BYTES,
        },
        hops,
      );
      const { statusCode } = raw.head;
      const location = locationOf(raw.head);
      if (location !== null) {
        const next = URL.parse(location, url.href);
        const isHttp = next?.protocol === 'https:' || next?.protocol === 'http:';
        if (next === null || !isHttp || redirects >= MOST_REDIRECTS) return { ...MISSING, statusCode };
        next.username = '';
        next.password = '';
        next.hash = '';
        url = next;
        continue;
      }
      if (statusCode >= 500 && statusCode < 600) {
        this.decision = {
          url: first.href,
          decision: 'deny',
          because: 'unavailable',
          rule: null,
          statusCode,
          fromCache: false,
        };
        const detail = `robots.txt was answered with ${statusCode}: nothing may be fetched`;
        throw answered(new FetchFailure('UPSTREAM_5XX', 'exchange', detail), statusCode);
      }
      if (statusCode < 200 || statusCode >= 300) return { ...MISSING, statusCode };
      const rules = parseRobots(await textOf(raw), this.context.persona.robotsAgent);
      return { because: 'rules', rules, statusCode };
    }
  }
}

function answered(failure: FetchFailure, statusCode: number | null): FetchFailure {
  failure.afterHead = true;
  failure.statusCode = statusCode;
  return failure;
}

/** What can be read of the body; a file that cannot be decoded holds no rules. */
async function textOf(raw: RawResponse): Promise<string> {
  try {
    const encodings = encodingsOfResponse(raw.head.headers);
    const { body } = await decodeContent(raw.body, encodings, ROBOTS_CAP_BYTES);
    return body.toString('utf8');
  } catch (error) {
    if (error instanceof FetchFailure) return '';
    throw error;
  }
}
