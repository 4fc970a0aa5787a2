import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CertificateAuthority } from './certificate-authority.ts';

describe('CertificateAuthority', () => {
  const now = new Date('2031-05-06T07:08:09Z');
  const authority = new CertificateAuthority(3, now);
  const root = new X509Certificate(authority.caPem);
  const leaf = (name: string, variant: Parameters<CertificateAuthority['leafFor']>[1]) =>
    new X509Certificate(authority.leafFor(name, variant));

  it('is an authority that signed itself', () => {
    expect([root.ca, root.verify(root.publicKey), root.checkIssued(root)]).toEqual([true, true, true]);
  });

  it('issues certificates that are valid for their own name and now', () => {
    const certificate = leaf('shop.example.com', 'valid');
    expect(certificate.checkIssued(root)).toBe(true);
    expect(certificate.verify(root.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkHost('shop.example.com')).toBe('shop.example.com');
    expect(certificate.checkHost('example.com')).toBeUndefined();
    expect(Date.parse(certificate.validFrom)).toBeLessThan(now.getTime());
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(now.getTime());
  });

  it('issues the faulty ones: expired, self-signed, for another host', () => {
    const expired = leaf('a.com', 'expired');
    expect(expired.verify(root.publicKey)).toBe(true);
    expect(Date.parse(expired.validTo)).toBeLessThan(now.getTime());
    const selfSigned = leaf('a.com', 'self-signed');
    expect([selfSigned.verify(root.publicKey), selfSigned.verify(selfSigned.publicKey)]).toEqual([
      false,
      true,
    ]);
    expect(leaf('a.com', 'wrong-host').checkHost('a.com')).toBeUndefined();
  });

  it('can issue for the longest names, and for dates beyond 2049', () => {
    const name = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;
    expect(leaf(name, 'valid').checkHost(name)).toBe(name);
    const late = new CertificateAuthority(1, new Date('2060-01-01T00:00:00Z'));
    expect(new X509Certificate(late.caPem).validTo).toContain('2069');
  });

  it('keeps the contexts that were used last, and no more', () => {
    const first = authority.contextFor('a.com', 'valid');
    authority.contextFor('b.com', 'valid');
    authority.contextFor('c.com', 'valid');
    expect(authority.contextFor('a.com', 'valid')).toBe(first);
    const second = authority.contextFor('b.com', 'valid');
    authority.contextFor('d.com', 'valid');
    expect(authority.contextFor('a.com', 'valid')).toBe(first);
    expect(authority.contextFor('b.com', 'valid')).toBe(second);
    expect(authority.contextFor('a.com', 'expired')).not.toBe(first);
  });
});
