import type { Actor } from '@domainflow/services/operation/operation.ts';

/** A session that ended is noticed by its streams within this time. */
const CHECK_INTERVAL_MS = 20_000;

interface Watched {
  readonly actor: Actor;
  readonly end: () => void;
}

/** Ends the streams of sessions that have ended, and of accounts whose role has changed. */
export interface SessionWatch {
  /** A signal that fires when the session of these headers is over; `release` when the stream ends by itself. */
  watch(headers: Headers, actor: Actor): { readonly signal: AbortSignal; release(): void };
}

/**
 * Looks each session up once for all of its streams. Where sessions cannot be looked up (the database is away),
 * streams are left alone: there is nothing to tell them then.
 */
export function createSessionWatch(
  resolveActor: (headers: Headers) => Promise<Actor | null>,
  intervalMs: number = CHECK_INTERVAL_MS,
): SessionWatch {
  const bySession = new Map<string, Set<Watched>>();
  let timer: ReturnType<typeof setInterval> | undefined;

  const check = async (): Promise<void> => {
    for (const [credentials, streams] of bySession) {
      let current: Actor | null;
      try {
        current = await resolveActor(new Headers({ cookie: credentials }));
      } catch {
        return;
      }
      for (const { actor, end } of streams) {
        const isSame = current !== null && current.userId === actor.userId && current.role === actor.role;
        if (!isSame || current?.mustChangePassword === true) end();
      }
    }
  };

  return {
    watch(headers, actor) {
      const credentials = headers.get('cookie') ?? '';
      const controller = new AbortController();
      const watched: Watched = { actor, end: () => controller.abort() };
      const streams = bySession.get(credentials) ?? new Set();
      bySession.set(credentials, streams.add(watched));
      timer ??= setInterval(() => void check(), intervalMs);
      return {
        signal: controller.signal,
        release() {
          streams.delete(watched);
          if (streams.size === 0 && bySession.get(credentials) === streams) bySession.delete(credentials);
          if (bySession.size > 0) return;
          clearInterval(timer);
          timer = undefined;
        },
      };
    },
  };
}
