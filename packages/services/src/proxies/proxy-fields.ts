import { invalidInput } from '@domainflow/domain/errors.ts';
import { proxySchema } from '@domainflow/domain/http/proxy-pool.ts';
import type { Probes } from '@domainflow/domain/probe/probes.ts';
import { z } from 'zod';
import { nameFields } from '../rows/unique-name.ts';

const { kind, port, username, password, maxConnections, requestsPerSecond } = proxySchema.shape;

const ipv6 = z.ipv6();
const ip = z.union([z.ipv4(), ipv6]);

/** As URLs have it: lower case, A-labels, and an IP address in its usual form, whatever form was given. Null for no host. */
function canonicalHost(text: string): string | null {
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  if (bare.includes(':'))
    return ipv6.safeParse(bare).success
      ? (URL.parse(`http://[${bare}]`)?.hostname ?? '').replace(/[[\]]/g, '')
      : null;
  if (/[/?#@\\\s%]/.test(bare)) return null;
  return URL.parse(`http://${bare}`)?.hostname.replace(/\.$/, '') || null;
}

const hostSchema = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .transform((text, context) => {
    const host = canonicalHost(text);
    if (host !== null) return host;
    context.addIssue({ code: 'custom', message: 'A host name or an IP address' });
    return z.NEVER;
  });

/** The fields of a proxy as people give them. Credentials go in and never come out. */
export const proxyFields = {
  name: nameFields.name,
  kind,
  host: hostSchema,
  port,
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'Two letters, as in ISO 3166')
    .nullable(),
  provider: z.string().trim().min(1).max(100).nullable(),
  username: username.unwrap(),
  password: password.unwrap(),
  maxConnections: maxConnections.unwrap(),
  requestsPerSecond: requestsPerSecond.unwrap(),
};

/** Refuses an address that may not be connected to; a name is judged by its addresses when it is. */
export function requireAllowedHost(probes: Probes, host: string, onPort: number): void {
  const reason = ip.safeParse(host).success ? probes.targetRefusal(host, onPort) : null;
  if (reason !== null) throw invalidInput(`The proxy ${host} may not be used: ${reason}.`, 'host');
}
