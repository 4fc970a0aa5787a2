import type { SitePlan } from './site-plan.ts';

/**
 * Sites of one small page. `lander`: parked, though no sentence of it says so. `spa`: scripts draw the whole site.
 * `onepage`: somebody's, with words that parked pages have.
 */
export type SmallPage = 'lander' | 'spa' | 'onepage';

const searches = ['Car Repairs', 'Dental Implants', 'Cheap Flights', 'Solar Panels', 'Van Hire', 'Used Cars'];

/** Title of a site of one small page. */
export function smallPageTitle(site: SitePlan, kind: SmallPage): string {
  switch (kind) {
    case 'lander':
      return site.owner;
    case 'spa':
      return `${site.owner} app`;
    case 'onepage':
      return 'Recipes of the week';
  }
}

/** The page of a `lander` or `spa`, whatever path is asked for, or the one page there is. Landers repeat the path. */
export function smallPage(site: SitePlan, kind: SmallPage, path: string): string {
  return (
    `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${smallPageTitle(site, kind)}</title>` +
    `</head>\n<body>${bodyOf(kind, path)}</body></html>\n`
  );
}

function bodyOf(kind: SmallPage, path: string): string {
  switch (kind) {
    case 'lander':
      return (
        `<h1>Related searches</h1><ul>${searches.map((words) => `<li><a href="/s?q=${encodeURIComponent(words)}">${words}</a></li>`).join('')}</ul>` +
        `<script>var asked = ${JSON.stringify(path).replaceAll('<', '\\u003c')};</script>`
      );
    case 'spa':
      return '<div id="root"></div><script type="module" src="/assets/index.js"></script>';
    case 'onepage':
      return '<h1>Recipes of the week</h1><p>Related searches: soup, salad, bread.</p><p>Write to us: <a href="/contact">contact</a></p>';
  }
}
