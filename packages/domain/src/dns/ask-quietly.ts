import type { RecordType } from '../persona/dns-persona.ts';
import type { DnsAnswer, DnsResolver } from './dns-port.ts';

const never = new AbortController().signal;

/**
 * Asks on behalf of all batches that want to know: no batch's end stops it. Null where the question could not be asked,
 * as when the engine closes.
 */
export async function askQuietly(
  resolver: () => DnsResolver,
  name: string,
  type: RecordType,
): Promise<DnsAnswer | null> {
  try {
    return await resolver().query(name, type, never);
  } catch {
    return null;
  }
}
