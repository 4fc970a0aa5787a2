import { parseDomainName } from '@domainflow/domain/domain-name/parse-domain-name.ts';
import { NameIntake, type ParsedLine } from '../uploads/name-intake.ts';

const HASH = /^[0-9a-f]{64}$/i;
const LOCAL_PART = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;

/**
 * A line of a suppression list as `kind:value` in normal form: a domain (with all below it), an e-mail address, or the
 * SHA-256 of one of them in lower case, as 64 hexadecimal digits.
 */
export function parseSuppression(line: string): ParsedLine {
  const text = line.trim();
  if (HASH.test(text)) return { ok: true, name: `hash:${text.toLowerCase()}` };
  const at = text.lastIndexOf('@');
  const parsed = parseDomainName(text.slice(at + 1));
  if (!parsed.ok) return text === '' ? { ok: false, reason: 'EMPTY' } : parsed;
  // `@example.com` is how lists of addresses name a whole domain.
  if (at <= 0) return { ok: true, name: `domain:${parsed.name}` };
  const local = text.slice(0, at).toLowerCase();
  if (!LOCAL_PART.test(local)) return { ok: false, reason: 'EMAIL_LOCAL_PART' };
  return { ok: true, name: `email:${local}@${parsed.name}` };
}

export const suppressionIntake = (): NameIntake => new NameIntake(parseSuppression, 'entries');
