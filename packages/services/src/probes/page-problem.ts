import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import type { SiteOutcome, SiteResponse } from '@domainflow/domain/http/http-port.ts';
import { HTTP_VERDICTS } from '@domainflow/domain/phases/http/verdicts.ts';

const INSTEAD = 'or copy the page’s HTML from a browser and try it on that';

/** Why nothing came of a fetch, and what a person can do about it. */
export function pageProblem({ verdict, hops }: SiteOutcome): string {
  const detail = hops.findLast((hop) => hop.failure !== null)?.failure?.detail ?? '';
  const said = detail === '' ? '' : ` (${detail.replace(/\.$/, '')})`;
  switch (verdict) {
    case 'TIMEOUT':
      return `The page did not come in time${said}. Try again later, ${INSTEAD}.`;
    case 'TLS_ERROR':
      return `Its certificate or encryption is not accepted${said}. Choose an HTTP persona whose TLS policy is “record”, ${INSTEAD}.`;
    case 'SSL_EXPIRED':
      return `Its certificate has expired${said}. Choose an HTTP persona whose TLS policy is “record”, ${INSTEAD}.`;
    case 'CONNECTION_RESET':
      return `The server closed the connection${said}. Try again, ${INSTEAD}.`;
    case 'RATE_LIMITED':
      return `The server asks to wait${said}. Try again later, ${INSTEAD}.`;
    case 'ROBOTS_DENIED':
      return `Its robots.txt asks programs not to fetch this page${said}. Try another page, ${INSTEAD}.`;
    default:
      return `${otherProblem(detail, said)}, ${INSTEAD}.`;
  }
}

function otherProblem(detail: string, said: string): string {
  if (/^Refused: /.test(detail))
    return `This address is not fetched${said}. The operator can allow it (DOMAINFLOW_ALLOW_TARGETS); use a public one`;
  if (/^No address for |could not be resolved/.test(detail))
    return `Its name was not found${said}. Check how it is spelt, choose another DNS persona (names of the lab exist for the lab’s only)`;
  if (/redirect/i.test(detail))
    return `Its redirects lead nowhere${said}. Give the address where they should end`;
  return `No page could be read there${said}. Check the address in a browser`;
}

/** UTF-16 units of text that pages are kept with at most. */
const TEXT_KEPT = 65_536;

/** What a person should know of an answer: why a campaign would not read it, and what of it is not searched. */
export function pageNotes(verdict: string, response: SiteResponse, page: PageFeatures): string[] {
  if (verdict !== 'OK') {
    const label = Object.hasOwn(HTTP_VERDICTS, verdict)
      ? HTTP_VERDICTS[verdict as keyof typeof HTTP_VERDICTS].label
      : verdict;
    return [
      `The server answered with status ${response.statusCode}: a campaign says “${label}” and looks for no keywords there.`,
    ];
  }
  if (response.body.length === 0) return ['The server answered with an empty page.'];
  const notes: string[] = [];
  if (page.text === '')
    notes.push(
      'The page shows no text without scripts, which are not run: rules can match in its title, description, addresses and links only.',
    );
  if (response.truncated)
    notes.push(
      `Only the first ${response.body.length} octets of the page were read: the HTTP persona sets a limit, or the answer broke off.`,
    );
  if (page.text.length >= TEXT_KEPT - 1)
    notes.push(`Only the first ${TEXT_KEPT} characters of its text are searched.`);
  return notes;
}
