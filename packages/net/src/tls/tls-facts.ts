import type { TLSSocket } from 'node:tls';

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
    };
  } catch {
    // Not every runtime implements these calls; a verdict does not hang on them.
    return null;
  }
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
