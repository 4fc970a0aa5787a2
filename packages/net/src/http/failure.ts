import { assertNever } from '@domainflow/domain/assert-never.ts';
import type { ProxyFailureKind } from '@domainflow/domain/http/proxy-pool.ts';

/** Why a request gave no usable response: names of verdicts of the HTTP phase. */
export type FailureReason =
  | 'SSL_EXPIRED'
  | 'TLS_ERROR'
  | 'CONNECTION_RESET'
  | 'TIMEOUT'
  | 'RATE_LIMITED'
  | 'ROBOTS_DENIED'
  | 'UPSTREAM_5XX'
  | 'PROXY_ERROR'
  | 'ERROR';

/** Where in the exchange an error was raised: the same code means different things in different stages. */
export type Stage = 'resolve' | 'connect' | 'tls' | 'exchange';

/** Why a visit, or a try of it, came to nothing: the reason that it would be for the site, with its detail. */
export class FetchFailure extends Error {
  readonly reason: FailureReason;
  readonly stage: Stage;
  /** A complete head had arrived: the site answered, so another scheme is not tried. */
  afterHead = false;
  /** How long connecting was waited for, where TCP was there and TLS was not in time; in milliseconds. */
  connectMs: number | null = null;
  /** The status that was answered, where one stands for the failure. */
  statusCode: number | null = null;
  /** What a proxy answered CONNECT with, where it opened no tunnel. */
  connectStatus: number | null = null;
  /** It named itself then, as it does in all that it answers in the place of targets. */
  isSigned = false;
  /** How the proxy itself failed, whatever the target: another one may be tried. Null where it did not. */
  ofProxy: ProxyFailureKind | null = null;
  /** A hop tells of it already. */
  isTold = false;
  /** Not one octet of a response had come: a kept connection may just have been closed. */
  isUnanswered = false;
  /**
   * The server wants another protocol for this: HTTP/1.1 instead of HTTP/2 (RFC 9113, 7: HTTP_1_1_REQUIRED), or HTTP/2 where
   * it was not offered (RFC 7301, 3.2: no_application_protocol).
   */
  wants: 'http/1.1' | 'h2' | null = null;

  constructor(reason: FailureReason, stage: Stage, detail: string) {
    super(detail);
    this.name = 'FetchFailure';
    this.reason = reason;
    this.stage = stage;
  }
}

const EXPIRED = /CERT_HAS_EXPIRED|certificate has expired|invalid peer certificate: Expired/i;
const TLS_TROUBLE =
  /^(ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_|EPROTO|CRL_)|certificate|handshake|\bssl\b|\btls\b|InvalidContentType|received corrupt message/i;

/** The reason of a socket's error; the original code and message stay in the detail. */
export function failureOf(error: unknown, stage: Stage): FetchFailure {
  if (error instanceof FetchFailure) return error;
  const { code, message } = codeAndMessage(error);
  const detail = (code && !message.includes(code) ? `${code}: ${message}` : message).slice(0, 300);
  return new FetchFailure(reasonOf(code, message, stage), stage, detail);
}

function reasonOf(code: string, message: string, stage: Stage): FailureReason {
  switch (stage) {
    case 'resolve':
      return 'ERROR';
    case 'connect':
    case 'tls':
    case 'exchange':
      if (EXPIRED.test(code) || EXPIRED.test(message)) return 'SSL_EXPIRED';
      if (code === 'ETIMEDOUT') return 'TIMEOUT';
      if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return 'CONNECTION_RESET';
      if (
        /connection reset|broken pipe|unexpected eof|socket hang up|disconnected before secure/i.test(message)
      ) {
        return 'CONNECTION_RESET';
      }
      // A closed port or an unreachable network says nothing of a site: ERROR, with the code in the detail.
      if (stage === 'connect') return 'ERROR';
      if (TLS_TROUBLE.test(code) || TLS_TROUBLE.test(message)) return 'TLS_ERROR';
      return stage === 'tls' ? 'TLS_ERROR' : 'ERROR';
    default:
      return assertNever(stage);
  }
}

function codeAndMessage(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, message: withoutPlaces(error.message) || code || error.name };
}

const LOCAL_LIMIT =
  /\b(EMFILE|ENFILE|ENOBUFS|ENOMEM)\b|too many open files|no buffer space|cannot allocate memory/i;
const NO_LOCAL_ADDRESS = /\bEADDRNOTAVAIL\b|cannot assign requested address|address not available/i;

/**
 * Whether a failure to connect is of this machine's making: no sockets, ports or memory are left. That no local address
 * is left means this for IPv4 only: a machine without IPv6 says it of every IPv6 address.
 */
export const isLocalLimit = (detail: string, address: string): boolean =>
  LOCAL_LIMIT.test(detail) || (NO_LOCAL_ADDRESS.test(detail) && !address.includes(':'));

/** Order in which one of two failures of the same site is the more telling. */
const SPECIFICITY: Readonly<Record<FailureReason, number>> = {
  ROBOTS_DENIED: 8,
  RATE_LIMITED: 7,
  UPSTREAM_5XX: 6,
  SSL_EXPIRED: 5,
  TLS_ERROR: 4,
  CONNECTION_RESET: 3,
  TIMEOUT: 2,
  PROXY_ERROR: 1,
  ERROR: 0,
};

/** The more specific of two failures, the first where they are equal. */
export const moreSpecific = (first: FetchFailure, second: FetchFailure): FetchFailure =>
  SPECIFICITY[second.reason] > SPECIFICITY[first.reason] ? second : first;

/** OpenSSL's messages without its thread and the places in its sources, which differ from run to run. */
function withoutPlaces(message: string): string {
  return message
    .replace(/^[0-9A-F]{8,}:(?=error:)/, '')
    .replace(/:\.\.\/deps\/[^:\n]*:\d+:/, ' ')
    .trim();
}
