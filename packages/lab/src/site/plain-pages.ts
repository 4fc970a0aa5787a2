import { draw } from '../hash.ts';
import type { SitePlan } from './site-plan.ts';

const statusTexts: Record<number, string> = {
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** The reason phrase of a status (RFC 9110, section 15). */
export function statusText(status: number): string {
  return statusTexts[status] ?? 'Status';
}

/** Title of the short pages that tell of a status. */
export function messageTitle(status: number): string {
  return `${status} ${statusText(status)}`;
}

/** A short page that tells of a status, as servers send it by default. */
export function messagePage(status: number): string {
  const title = messageTitle(status);
  return `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head>\n<body><h1>${title}</h1></body></html>\n`;
}

const parkedTemplates: readonly { title: (name: string) => string; text: (name: string) => string }[] = [
  {
    title: (name) => `${name} is for sale`,
    text: (name) =>
      `<h1>${name}</h1><p>This domain is for sale.</p><p><a href="/buy">Buy this domain</a> or make an offer.</p>`,
  },
  {
    title: (name) => `${name} - domain for sale`,
    text: (name) =>
      `<h1>The domain name ${name} may be for sale by its owner</h1><p>Inquire about this domain today.</p>`,
  },
  {
    title: (name) => name,
    text: (name) =>
      `<h1>${name}</h1><p>This domain is parked free of charge, courtesy of the registrar.</p><p>Related searches</p>` +
      '<ul><li><a href="/s?q=travel">Travel</a></li><li><a href="/s?q=credit">Credit</a></li></ul>',
  },
  {
    title: (name) => `Domain parked: ${name}`,
    text: (name) =>
      `<p>The owner of ${name} has parked this domain.</p><p>Is this your domain? Get this domain for your project.</p>`,
  },
];

const SALT_PARKED = 0xf0;

function parkedTemplate(site: SitePlan) {
  const index = draw(site.hash, SALT_PARKED) % parkedTemplates.length;
  return parkedTemplates[index] as (typeof parkedTemplates)[number];
}

/** Title of a parked site's page. */
export function parkedTitle(site: SitePlan): string {
  return parkedTemplate(site).title(site.owner);
}

/** The page of a parked site: the same on each of its paths. */
export function parkedPage(site: SitePlan): string {
  const template = parkedTemplate(site);
  return (
    `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${template.title(site.owner)}</title>` +
    '<meta name="robots" content="noindex"></head>\n' +
    `<body>${template.text(site.owner)}<script>window.park = "lander";</script></body></html>\n`
  );
}
