import type { FeedItem } from '@domainflow/services/events/feed-item.ts';
import { encodeItem } from './feed-message.ts';
import type { OpenFeed } from './open-feed.ts';

/** Shorter than what proxies give a silent connection. */
const PING_INTERVAL_MS = 10_000;
/** What browsers wait before they connect again, spread so that they do not come all at once. */
const retryHint = (): string => `retry: ${1_000 + Math.floor(Math.random() * 2_000)}\n\n`;
const PING = ': ping\n\n';

/** A feed as the body of an event stream; it is read no faster than the client takes it. */
export function streamFeed(
  feed: OpenFeed,
  pingIntervalMs: number = PING_INTERVAL_MS,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<FeedItem, void>> | null = null;

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(retryHint()));
      },
      async pull(controller) {
        next ??= feed.items.next();
        let timer: ReturnType<typeof setTimeout> | undefined;
        const quiet = new Promise<null>((resolve) => {
          timer = setTimeout(() => resolve(null), pingIntervalMs);
        });
        try {
          const result = await Promise.race([next, quiet]);
          if (result === null) {
            controller.enqueue(encoder.encode(PING));
          } else if (result.done === true) {
            controller.enqueue(encoder.encode(retryHint()));
            controller.close();
            feed.end();
          } else {
            next = null;
            controller.enqueue(encoder.encode(encodeItem(result.value)));
          }
        } catch {
          // The replay's query failed: the client comes again from where it was.
          feed.end();
          controller.close();
        } finally {
          clearTimeout(timer);
        }
      },
      cancel() {
        feed.end();
      },
    },
    { highWaterMark: 1 },
  );
}
