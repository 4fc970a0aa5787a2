import { type DnsPlan, type LabIdentity, planDns } from '../dns-plan.ts';
import { keywordsInName, keywordsOf, type PagePlan, planPage } from './page-plan.ts';
import { messageTitle, parkedTitle } from './plain-pages.ts';
import { formatOf, type SiteFormat } from './site-format.ts';
import type { SiteKind } from './site-kind.ts';
import { chainPaths, partnerOf, planSite, type SitePlan } from './site-plan.ts';
import { smallPageTitle } from './small-pages.ts';

/** What a correct client must conclude about a site, by the rules of SPEC.md. */
export type LabHttpVerdict =
  | 'OK'
  | 'NOT_FOUND'
  | 'UPSTREAM_5XX'
  | 'TIMEOUT'
  | 'TLS_ERROR'
  | 'SSL_EXPIRED'
  | 'CONNECTION_RESET'
  | 'ERROR';

/** What the final page of a site says; all empty where no page is reached. */
export interface LabContent {
  title: string | null;
  description: string | null;
  /** Primary language, ISO 639-1; the page's `lang` attribute adds the country (`de-DE`). */
  lang: string | null;
  /** ISO 3166 code: the hint for national telephone numbers. */
  country: string | null;
  organisation: string | null;
  /** Words of the vocabulary that the page shows as whole words, sorted; upper and lower case are one. */
  keywords: string[];
  /** Mail addresses, obfuscated ones included, in the order of the page. */
  emails: string[];
  /** Telephone numbers in E.164, in the order of the page. */
  phones: string[];
  socials: string[];
  technologies: string[];
  /** True for pages that offer the name for sale. */
  parked: boolean;
}

/** The truth about a site. */
export interface LabSite extends LabContent {
  kind: SiteKind;
  http: {
    verdict: LabHttpVerdict;
    /** Status of the final response; null where there is none, and for redirect loops. */
    statusCode: number | null;
    finalUrl: string | null;
  };
  /** Number of redirects on the way to the final response, from https://name/ (or http:// where https fails). */
  redirects: number;
  /** Whether robots.txt forbids all. */
  robotsDeny: boolean;
  /** Time that the server waits before it answers. */
  delayMs: number;
  /** How the final page goes over the wire; null where it is not a live page. */
  format: SiteFormat | null;
}

const empty: LabContent = {
  title: null,
  description: null,
  lang: null,
  country: null,
  organisation: null,
  keywords: [],
  emails: [],
  phones: [],
  socials: [],
  technologies: [],
  parked: false,
};

/** The truth about the site of a name that resolves. Pure. */
export function siteTruth(lab: LabIdentity, name: string, plan: DnsPlan): LabSite {
  const site = planSite(plan, name);
  const at = (
    verdict: LabHttpVerdict,
    statusCode: number | null,
    finalUrl: string | null,
    redirects = 0,
  ) => ({
    kind: site.kind,
    http: { verdict, statusCode, finalUrl },
    redirects,
    robotsDeny: site.kind === 'robotsdeny',
    delayMs: site.delayMs,
    format: null,
  });
  const failed = (verdict: LabHttpVerdict): LabSite => ({ ...empty, ...at(verdict, null, null) });
  const home = `https://${name}/`;
  switch (site.kind) {
    case 'live':
    case 'contact':
    case 'bare':
    case 'slowsite':
    case 'bigpage':
    case 'hosted':
    case 'robotsdeny':
      return { ...at('OK', 200, home), ...pageContent(site) };
    case 'httponly':
      return { ...at('OK', 200, `http://${name}/`), ...pageContent(site) };
    case 'parked':
      return {
        ...empty,
        ...at('OK', 200, home),
        title: parkedTitle(site),
        lang: 'en',
        keywords: keywordsInName(site.owner).sort(),
        parked: true,
      };
    case 'lander':
    case 'spa':
    case 'onepage':
      return {
        ...empty,
        ...at('OK', 200, home),
        title: smallPageTitle(site, site.kind),
        lang: 'en',
        keywords: site.kind === 'onepage' ? [] : keywordsInName(site.owner).sort(),
        parked: site.kind === 'lander',
      };
    case 'redirect-www':
      return { ...at('OK', 200, `https://www.${site.owner}/`, 1), ...pageContent(site) };
    case 'redirect-other': {
      const partner = partnerOf(site);
      const target = planSite(planDns(lab, partner), partner);
      return { ...at('OK', 200, `https://${partner}/`, 1), ...pageContent(target) };
    }
    case 'redirect-chain': {
      const paths = chainPaths(site);
      const host = site.name === site.owner ? `www.${site.owner}` : site.name;
      return { ...at('OK', 200, `https://${host}${paths.at(-1)}`, paths.length), ...pageContent(site) };
    }
    case 'notfound':
    case 'error500':
    case 'forbidden': {
      const verdict =
        site.kind === 'notfound' ? 'NOT_FOUND' : site.kind === 'error500' ? 'UPSTREAM_5XX' : 'ERROR';
      return { ...empty, ...at(verdict, site.status, home), title: messageTitle(site.status), lang: 'en' };
    }
    case 'redirect-loop':
    case 'malformed':
      return failed('ERROR');
    case 'reset':
      return failed('CONNECTION_RESET');
    case 'expired':
      return failed('SSL_EXPIRED');
    case 'selfsigned':
    case 'wronghost':
      return failed('TLS_ERROR');
    case 'tarpit':
      return failed('TIMEOUT');
  }
}

function pageContent(site: SitePlan): LabContent & { format: SiteFormat } {
  const page: PagePlan = planPage(site.owner, site.hash, site.kind);
  return {
    title: page.title,
    description: page.description,
    lang: page.locale.lang,
    country: page.locale.country,
    organisation: page.organisation,
    keywords: keywordsOf(page),
    emails: page.emails.map((email) => email.address),
    phones: page.phones.map((phone) => phone.e164),
    socials: page.socials,
    technologies: page.technologies.map((technology) => technology.name),
    parked: false,
    format: formatOf(page, site.hash, site.kind),
  };
}
