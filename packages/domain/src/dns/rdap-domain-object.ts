import { z } from 'zod';
import type { RdapAnswer } from './rdap-port.ts';

/** What is read of a domain object (RFC 9083, section 5.3); anything else in it is left alone. */
const domainSchema = z.object({
  objectClassName: z.literal('domain'),
  ldhName: z.string().optional(),
  status: z.array(z.string()).optional().catch(undefined),
  events: z
    .array(z.object({ eventAction: z.string(), eventDate: z.string() }))
    .optional()
    .catch(undefined),
  entities: z
    .array(
      z.object({
        roles: z.array(z.string()).optional(),
        vcardArray: z.unknown(),
        handle: z.string().optional(),
      }),
    )
    .optional()
    .catch(undefined),
});

const MAX_TEXT = 200;

/** The name in a jCard (RFC 7095): `["vcard", [["fn", {}, "text", "Registrar"], …]]`. */
function nameIn(card: unknown): string | undefined {
  const fields = Array.isArray(card) && Array.isArray(card[1]) ? (card[1] as unknown[]) : [];
  for (const field of fields) {
    if (Array.isArray(field) && field[0] === 'fn' && typeof field[3] === 'string') return field[3];
  }
  return undefined;
}

/** What a body of status 200 says of the domain; `unknown` where it is no domain object, or one of another name. */
export function readDomainObject(domain: string, body: Uint8Array, url: string): RdapAnswer {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    value = null;
  }
  const parsed = domainSchema.safeParse(value);
  const name = parsed.data?.ldhName?.toLowerCase().replace(/\.$/, '');
  if (!parsed.success || (name !== undefined && name !== domain)) {
    return { status: 'unknown', url, httpStatus: 200, reason: 'The answer is not about this domain.' };
  }
  const { events, entities, status } = parsed.data;
  const dateOf = (action: string): string | undefined =>
    events?.find(({ eventAction }) => eventAction === action)?.eventDate.slice(0, 40);
  const entity = entities?.find(({ roles }) => roles?.includes('registrar') === true);
  const registrar = nameIn(entity?.vcardArray) ?? entity?.handle;
  const registeredAt = dateOf('registration');
  const expiresAt = dateOf('expiration');
  return {
    status: 'registered',
    url,
    httpStatus: 200,
    ...(registrar === undefined ? null : { registrar: registrar.slice(0, MAX_TEXT) }),
    ...(registeredAt === undefined ? null : { registeredAt }),
    ...(expiresAt === undefined ? null : { expiresAt }),
    ...(status === undefined ? null : { states: status.slice(0, 10).map((each) => each.slice(0, 60)) }),
  };
}
