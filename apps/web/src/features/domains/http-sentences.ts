import { verdictLabel } from '../phases/verdicts.ts';
import type { HttpEvidence } from './http-evidence-schema.ts';

/** What robots.txt said, in a sentence; null where it was not looked at. */
export function robotsSentence({ robots }: HttpEvidence): string | null {
  if (robots === undefined) return null;
  const { decision, because, rule, status } = robots;
  const code = status === undefined ? '' : ` (status ${status})`;
  switch (because) {
    case 'ignored':
      return 'Not asked: this campaign ignores it, for the reason in its plan.';
    case 'missing':
      return `The site has none${code}, so the page may be fetched.`;
    case 'unavailable':
      return `It could not be read${code}, so the page ${decision === 'allow' ? 'was fetched' : 'was left alone'}.`;
    default: {
      const word = decision === 'allow' ? 'allows' : 'forbids';
      return rule === undefined
        ? `It ${word} the page: no rule of it is about it.`
        : `It ${word} the page: ${rule}`;
    }
  }
}

/** Who vouches for the site and until when; null without TLS. */
export function tlsSentence({ tls }: HttpEvidence): string | null {
  if (tls === undefined || tls === null) return null;
  const { protocol, subject, issuer, validTo, selfSigned, problem } = tls;
  const whom = subject === null || subject === undefined ? '' : ` for ${subject}`;
  const by =
    selfSigned === true
      ? ', signed by itself'
      : issuer === null || issuer === undefined
        ? ''
        : `, issued by ${issuer}`;
  const until = validTo === null || validTo === undefined ? '' : `, valid until ${validTo.slice(0, 10)}`;
  const fault = problem === null || problem === undefined ? '' : `. Not valid: ${problem}`;
  return `${protocol ?? 'TLS'}: a certificate${whom}${by}${until}${fault}.`;
}

/** How the other scheme failed; null where it did not. */
export function otherSchemeSentence({ httpsFailure, httpFailure }: HttpEvidence): string | null {
  const [scheme, failure] = httpsFailure === undefined ? ['http', httpFailure] : ['https', httpsFailure];
  if (failure === undefined) return null;
  return `${verdictLabel('http', failure.reason)}: ${failure.detail} (${scheme})`;
}

/** What a page of random name was asked for, and what it told. */
export function randomPathSentence({ randomPath }: HttpEvidence): string | null {
  if (randomPath === undefined) return null;
  const { url, status, verdict, same, because } = randomPath;
  const found = same ? 'it is the home page again' : `it is another page (${status ?? verdict})`;
  return `${because.join(' · ')}. Asked for ${url}: ${found}.`;
}
