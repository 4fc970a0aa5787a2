import type { Link, LinkListener } from '../tls/open-link.ts';
import { type BodyFraming, framingOf } from './body-framing.ts';
import type { Cancellation } from './cancellation.ts';
import { FetchFailure, failureOf } from './failure.ts';
import { HeadReader, type ResponseHead } from './response-head.ts';
import { type ExchangeLimits, type RawResponse, ResponseWait } from './response-wait.ts';

/**
 * Writes the request and reads one response, then closes the connection unless it is to be kept. Rejects with a
 * `FetchFailure`, or with the reason of a cancellation; the connection is then closed.
 */
export function exchange(
  link: Link,
  request: string,
  limits: ExchangeLimits,
  cancellation: Cancellation,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    new Exchange(link, limits, cancellation, { resolve, reject }).send(request);
  });
}

class Exchange extends ResponseWait implements LinkListener {
  private readonly reader = new HeadReader();
  private framing: BodyFraming | null = null;

  send(request: string): void {
    const { socket } = this.link;
    this.link.listen(this);
    if (socket.destroyed || socket.readableEnded || !socket.writable) return this.onEnd();
    socket.write(request, 'latin1');
  }

  onData(chunk: Buffer): void {
    if (this.isSettled || !this.countArrival()) return;
    try {
      this.take(this.head === null ? this.takeHead(chunk) : chunk);
      if (!this.isSettled) this.watchRate(chunk.length);
    } catch (error) {
      this.fail(error);
    }
  }

  onEnd(): void {
    if (this.head !== null) return this.finish(!(this.framing?.endsWithConnection ?? true), false);
    const detail = this.reader.isEmpty
      ? 'The connection was closed before a response'
      : 'The connection was closed inside the response head';
    this.fail(new FetchFailure('CONNECTION_RESET', 'exchange', detail));
  }

  onError(error: Error): void {
    if (this.head === null) this.fail(error);
    else this.finish(true);
  }

  /** Takes octets of the body; null: there are none. */
  private take(octets: Buffer | null): void {
    const { framing } = this;
    if (octets === null || framing === null || this.isSettled) return;
    if (framing.push(octets)) this.finish(false, !framing.hasExcess);
    else if (this.body?.isFull === true) this.finish(true);
  }

  /** Reads on in the head; gives what came of the body with its end. */
  private takeHead(chunk: Buffer): Buffer | null {
    const result = this.reader.push(chunk);
    if (result === null) return null;
    const { head, rest } = result;
    const wanted = this.begin(head);
    this.framing = wanted ? framingOf(head, (octets) => this.body?.push(octets)) : null;
    if (!wanted || this.framing === null) {
      this.finish(wanted === 0, rest.length === 0 && hasNoBody(head));
      return null;
    }
    this.awaitBody(wanted, this.framing.octets);
    return rest.length > 0 ? rest : null;
  }

  protected hasBegun(): boolean {
    return !this.reader.isEmpty;
  }

  protected isOpen(): boolean {
    return this.head?.isPersistent === true && !this.link.socket.destroyed;
  }

  protected describe(error: unknown): FetchFailure {
    return failureOf(error, 'exchange');
  }

  protected release(keep: boolean): void {
    if (keep) this.link.listen(null);
    else this.link.close();
  }
}

/** The response ends with its head, whatever was wanted of it. */
const hasNoBody = ({ statusCode, headers }: ResponseHead): boolean =>
  statusCode === 204 || statusCode === 304 || headers['content-length'] === '0';
