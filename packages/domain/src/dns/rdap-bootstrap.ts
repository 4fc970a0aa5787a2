import { z } from 'zod';
import { invalidInput } from '../errors.ts';
import type { RdapServer } from './rdap-port.ts';

/** IANA's registry of RDAP servers for domains (RFC 9224, section 4): lists of TLDs, each with its base URLs. */
const bootstrapSchema = z.object({
  services: z.array(z.tuple([z.array(z.string()), z.array(z.string())])),
});

/**
 * The servers of a bootstrap file (https://data.iana.org/rdap/dns.json), one for each TLD, with https where there is a
 * choice. Throws a `DomainFlowError` where the text is no such file.
 */
export function rdapServersFrom(json: string): RdapServer[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = null;
  }
  const parsed = bootstrapSchema.safeParse(value);
  if (!parsed.success) {
    throw invalidInput(
      'The RDAP bootstrap file is not in the format of RFC 9224.',
      'DOMAINFLOW_RDAP_BOOTSTRAP',
    );
  }
  return parsed.data.services.flatMap(([tlds, urls]) => {
    const url = urls.find((each) => each.startsWith('https://')) ?? urls[0];
    return url === undefined || !URL.canParse(url)
      ? []
      : tlds.map((tld) => ({ tld: tld.toLowerCase(), url }));
  });
}
