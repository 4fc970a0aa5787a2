import { constants } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { CertificateVariant } from '../site/site-plan.ts';
import { issueCertificate, makeKey } from './certificate.ts';

const DAY_MS = 86_400_000;
const AUTHORITY_NAME = 'DomainFlow lab authority';
/** A context takes about 100 KB, and most visitors come to a site once or twice in a row. */
const DEFAULT_CACHE_SIZE = 256;

/** The lab's own certificate authority: made at the start, its key never leaves the process. */
export class CertificateAuthority {
  /** The authority's certificate: a client that trusts it trusts the lab's valid sites. */
  readonly caPem: string;
  private readonly authorityKey = makeKey();
  private readonly leafKey = makeKey();
  private readonly leafKeyPem: string;
  private readonly now: Date;
  private readonly contexts = new Map<string, SecureContext>();
  private readonly cacheSize: number;
  private readonly name: string;

  /** Two authorities that one client trusts need different names: it finds them by these. */
  constructor(cacheSize: number = DEFAULT_CACHE_SIZE, now: Date = new Date(), name: string = AUTHORITY_NAME) {
    this.cacheSize = cacheSize;
    this.name = name;
    this.now = now;
    this.leafKeyPem = this.leafKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    this.caPem = issueCertificate({
      subject: name,
      issuer: name,
      subjectKey: this.authorityKey,
      issuerKey: this.authorityKey,
      names: [],
      notBefore: this.daysFromNow(-30),
      notAfter: this.daysFromNow(3650),
      authority: true,
    });
  }

  /** A context that shows the wanted certificate for a name; the least recently used ones are forgotten. */
  contextFor(name: string, variant: CertificateVariant): SecureContext {
    const key = `${variant} ${name}`;
    let context = this.contexts.get(key);
    if (context === undefined) {
      context = createSecureContext({
        key: this.leafKeyPem,
        cert: this.leafFor(name, variant),
        // Visitors come once: session tickets would be work for nothing.
        secureOptions: constants.SSL_OP_NO_TICKET,
      });
    } else {
      this.contexts.delete(key);
    }
    this.contexts.set(key, context);
    if (this.contexts.size > this.cacheSize) {
      const [oldest] = this.contexts;
      if (oldest !== undefined) {
        this.contexts.delete(oldest[0]);
        release(oldest[1]);
      }
    }
    return context;
  }

  /** Key and valid certificate for a name or an IPv4 address, as PEM. */
  identityFor(name: string): { readonly key: string; readonly cert: string } {
    return { key: this.leafKeyPem, cert: this.leafFor(name, 'valid') };
  }

  /** Issues the certificate of a site, as PEM. */
  leafFor(name: string, variant: CertificateVariant): string {
    const shown = variant === 'wrong-host' ? 'other-host.invalid' : name;
    const selfSigned = variant === 'self-signed';
    return issueCertificate({
      subject: shown,
      issuer: selfSigned ? shown : this.name,
      subjectKey: this.leafKey,
      issuerKey: selfSigned ? this.leafKey : this.authorityKey,
      names: [shown],
      notBefore: this.daysFromNow(variant === 'expired' ? -120 : -10),
      notAfter: this.daysFromNow(variant === 'expired' ? -30 : 80),
      authority: false,
    });
  }

  private daysFromNow(days: number): Date {
    return new Date(this.now.getTime() + days * DAY_MS);
  }
}

/**
 * Frees the memory below a context (about 30 KB that the garbage collector knows nothing of, so that it would let
 * hundreds of megabytes pile up). Connections that use it hold it by themselves.
 */
function release(context: SecureContext): void {
  const native: { close?: () => void } = context.context;
  native.close?.();
}
