import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import {
  bits,
  derTrue,
  explicit,
  implicit,
  integer,
  octets,
  oid,
  pem,
  sequence,
  set,
  text,
  time,
} from './der.ts';

/** A P-256 key pair with its public half as certificates hold it. */
export interface LabKey {
  privateKey: KeyObject;
  publicDer: Buffer;
}

/** What a certificate says. */
export interface CertificateRequest {
  subject: string;
  issuer: string;
  subjectKey: LabKey;
  issuerKey: LabKey;
  /** DNS names and IPv4 addresses for which it is valid; none for an authority. */
  names: readonly string[];
  notBefore: Date;
  notAfter: Date;
  authority: boolean;
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const commonName = oid('2.5.4.3');
const subjectAltName = oid('2.5.29.17');
const authorityConstraints = extension('2.5.29.19', sequence(derTrue), true);
const leafConstraints = extension('2.5.29.19', sequence(), true);
/** keyCertSign and cRLSign. */
const authorityUsage = extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true);
/** digitalSignature. */
const leafUsage = extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true);
const serverAuth = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1')), false);
const version3 = explicit(0, integer(Buffer.from([2])));

/** Longest common name that X.520 allows. */
const MOST_COMMON_NAME = 64;

function extension(id: string, value: Uint8Array, critical: boolean): Buffer {
  return critical ? sequence(oid(id), derTrue, octets(value)) : sequence(oid(id), octets(value));
}

/** A DNS name, or an IPv4 address (RFC 5280, 4.2.1.6). */
const altName = (name: string): Buffer =>
  isIPv4(name)
    ? implicit(7, Buffer.from(name.split('.').map(Number)))
    : implicit(2, Buffer.from(name, 'latin1'));

function distinguishedName(name: string): Buffer {
  return sequence(set(sequence(commonName, text(name.slice(0, MOST_COMMON_NAME)))));
}

/** Makes a P-256 key pair. */
export function makeKey(): LabKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, publicDer: publicKey.export({ type: 'spki', format: 'der' }) };
}

/** Issues an X.509 version 3 certificate (RFC 5280), signed with ECDSA and SHA-256; gives it as PEM. */
export function issueCertificate(request: CertificateRequest): string {
  const { subject, issuer, names, authority } = request;
  // The serial number follows from the content: a certificate made twice differs in its signature only.
  const serial = createHash('sha256')
    .update(`${issuer}|${subject}|${names.join()}|${request.notAfter.getTime()}`)
    .digest();
  const altNames = sequence(...names.map(altName));
  const extensions = authority
    ? [authorityConstraints, authorityUsage]
    : [leafConstraints, leafUsage, serverAuth, sequence(subjectAltName, octets(altNames))];
  const body = sequence(
    version3,
    integer(Buffer.concat([Buffer.from([0x53]), serial.subarray(0, 15)])),
    ecdsaWithSha256,
    distinguishedName(issuer),
    sequence(time(request.notBefore), time(request.notAfter)),
    distinguishedName(subject),
    request.subjectKey.publicDer,
    explicit(3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, request.issuerKey.privateKey);
  return pem('CERTIFICATE', sequence(body, ecdsaWithSha256, bits(signature)));
}
