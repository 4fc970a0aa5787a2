import type { TLSSocket } from 'node:tls';
import { FetchFailure } from '../http/failure.ts';

/** What is kept of a connection's certificate. */
export interface TlsFacts extends Record<string, unknown> {
  readonly protocol: string | null;
  readonly issuer: string | null;
  readonly subject: string | null;
  /** DNS names that the certificate is for, at most 50. */
  readonly names: readonly string[];
  /** ISO 8601, null where the runtime does not give it. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** SHA-256 of the certificate, hexadecimal; null where the runtime does not give it. */
  readonly fingerprint: string | null;
  readonly selfSigned: boolean;
  readonly expired: boolean;
  /** Why it cannot be trusted; null where it can. */
  readonly problem: string | null;
}

const NAMES_KEPT = 50;

/** Facts of the peer's certificate, null where the runtime gives none. */
export function tlsFactsOf(socket: TLSSocket): TlsFacts | null {
  try {
    const certificate = socket.getPeerCertificate(false);
    if (!certificate || Object.keys(certificate).length === 0) return null;
    const names = (certificate.subjectaltname ?? '')
      .split(', ')
      .flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []))
      .slice(0, NAMES_KEPT);
    return {
      protocol: socket.getProtocol(),
      issuer: nameOf(certificate.issuer),
      subject: nameOf(certificate.subject),
      names,
      validFrom: isoOf(certificate.valid_from),
      validTo: isoOf(certificate.valid_to),
      fingerprint: certificate.fingerprint256?.replaceAll(':', '').toLowerCase() ?? null,
      selfSigned: JSON.stringify(certificate.issuer) === JSON.stringify(certificate.subject),
      expired: Date.parse(certificate.valid_to ?? '') < Date.now(),
      problem: socket.authorized ? null : problemOf(socket.authorizationError, certificate),
    };
  } catch {
    // Not every runtime implements these calls; a verdict does not hang on them.
    return null;
  }
}

/**
 * Why the peer's certificate must not be trusted, null where it may. A certificate past its end that cannot be
 * verified counts as expired: Deno does not tell the two apart, and it is the more telling of both.
 */
export function certificateFailure(socket: TLSSocket): FetchFailure | null {
  if (socket.authorized) return null;
  const { code } = codeAndMessage(socket.authorizationError);
  const facts = tlsFactsOf(socket);
  const isPast = facts?.validTo !== null && facts !== null && Date.parse(facts.validTo) < Date.now();
  const isExpired = code === 'CERT_HAS_EXPIRED' || (isPast && code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  const validTo = isPast ? `; valid until ${facts.validTo}` : '';
  const problem = facts?.problem ?? problemOf(socket.authorizationError);
  const detail = `${problem}${validTo}`.slice(0, 300);
  return new FetchFailure(isExpired ? 'SSL_EXPIRED' : 'TLS_ERROR', 'tls', detail);
}

/** OpenSSL's second security level, which Node sets: 112 bits. */
const LEAST_RSA_BITS = 2_048;

function problemOf(
  error: unknown,
  certificate?: { readonly bits?: number; readonly modulus?: string },
): string {
  const { code, message } = codeAndMessage(error);
  // Node has no name for what is too weak, nor for constraints that a chain breaks.
  if (code === 'UNSPECIFIED') {
    const { bits = LEAST_RSA_BITS, modulus } = certificate ?? {};
    return modulus !== undefined && bits < LEAST_RSA_BITS
      ? `The certificate's RSA key of ${bits} bits is too weak`
      : 'The certificate or its chain is signed with a weak algorithm, or breaks a constraint';
  }
  return (message === code ? code : `${code}: ${message}`).slice(0, 300);
}

/** Node gives an error or its code, Deno its code. */
function codeAndMessage(error: unknown): { code: string; message: string } {
  if (error instanceof Error) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    return { code, message: error.message };
  }
  const code = typeof error === 'string' ? error : 'CERTIFICATE_NOT_VERIFIED';
  return { code, message: code };
}

function nameOf(name: unknown): string | null {
  if (typeof name !== 'object' || name === null) return null;
  const { O: organisation, CN: common } = name as Record<string, unknown>;
  const parts = [organisation, common].flat().filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : [...new Set(parts)].join(', ').slice(0, 200);
}

function isoOf(text: string | undefined): string | null {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
