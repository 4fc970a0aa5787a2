import { createWriteStream, type WriteStream } from 'node:fs';

/** What the lab has been asked since it started or since its counts were reset. */
export interface QueryCounts {
  dns: ProtocolCounts;
  http: ProtocolCounts;
  https: ProtocolCounts;
  /** Queries and requests by name; only where the lab was started with `countNames`. */
  byName?: Record<string, number>;
}

export interface ProtocolCounts {
  total: number;
  /** By the kind of the name or site that was asked for. */
  byKind: Record<string, number>;
}

export type LabProtocol = 'dns' | 'http' | 'https';

export interface QueryLogOptions {
  /** Keeps a count for each name: costs memory, so it is meant for tests. */
  countNames?: boolean;
  /** A file that receives one JSON line per query. */
  logFile?: string;
}

const FLUSH_BYTES = 1 << 16;
const FLUSH_MS = 1000;

/** Counts every query and, where asked, writes each as a line of JSON. */
export class QueryLog {
  private counts: Record<LabProtocol, Map<string, number>> = emptyCounts();
  private names: Map<string, number> | null;
  private readonly stream: WriteStream | null;
  private readonly timer: NodeJS.Timeout | null;
  private buffered = '';

  constructor(options: QueryLogOptions = {}) {
    this.names = options.countNames === true ? new Map() : null;
    this.stream = options.logFile === undefined ? null : createWriteStream(options.logFile, { flags: 'a' });
    this.timer = this.stream === null ? null : setInterval(() => this.flush(), FLUSH_MS).unref();
  }

  /** Notes one query. `detail` is the record type or the method and path; `transport` tells UDP from TCP. */
  note(protocol: LabProtocol, kind: string, name: string, transport: string, detail: string | number): void {
    const byKind = this.counts[protocol];
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    if (this.names !== null) this.names.set(name, (this.names.get(name) ?? 0) + 1);
    if (this.stream !== null) {
      this.buffered += `${JSON.stringify({ at: Date.now(), protocol, transport, kind, name, detail })}\n`;
      if (this.buffered.length > FLUSH_BYTES) this.flush();
    }
  }

  /** The counts so far. */
  read(): QueryCounts {
    const counts: QueryCounts = {
      dns: summed(this.counts.dns),
      http: summed(this.counts.http),
      https: summed(this.counts.https),
    };
    if (this.names !== null) counts.byName = Object.fromEntries(this.names);
    return counts;
  }

  /** Sets all counts to zero. */
  reset(): void {
    this.counts = emptyCounts();
    this.names?.clear();
  }

  /** Writes what is buffered and closes the file. */
  async close(): Promise<void> {
    const { stream } = this;
    if (stream === null) return;
    if (this.timer !== null) clearInterval(this.timer);
    this.flush();
    await new Promise<void>((resolve) => stream.end(() => resolve()));
  }

  private flush(): void {
    if (this.buffered === '') return;
    this.stream?.write(this.buffered);
    this.buffered = '';
  }
}

function emptyCounts(): Record<LabProtocol, Map<string, number>> {
  return { dns: new Map(), http: new Map(), https: new Map() };
}

function summed(byKind: Map<string, number>): ProtocolCounts {
  let total = 0;
  for (const count of byKind.values()) total += count;
  return { total, byKind: Object.fromEntries(byKind) };
}
