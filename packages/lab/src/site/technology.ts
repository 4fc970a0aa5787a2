import type { Dice } from '../hash.ts';

/** What a page shows of a technology; the truth lists its name where the page has it. */
export interface Technology {
  name: string;
  version?: string;
  /** Markup in the page's head. */
  head?: string;
  /** A response header. */
  header?: readonly [string, string];
}

const systems: readonly (Technology | null)[] = [
  {
    name: 'WordPress',
    version: '6.8.2',
    head:
      '<meta name="generator" content="WordPress 6.8.2">\n' +
      '<link rel="stylesheet" href="/wp-content/themes/plain/style.css?ver=6.8.2">\n' +
      '<script src="/wp-includes/js/wp-embed.min.js" defer></script>',
  },
  {
    name: 'Shopify',
    head:
      '<link rel="preconnect" href="https://cdn.shopify.com">\n' +
      '<script>window.Shopify = window.Shopify || {}; Shopify.theme = {"name":"Dawn","id":1};</script>',
    header: ['X-ShopId', '4711'],
  },
  {
    name: 'Joomla',
    head: '<meta name="generator" content="Joomla! - Open Source Content Management">',
  },
  {
    name: 'Drupal',
    version: '10',
    head: '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">',
    header: ['X-Generator', 'Drupal 10 (https://www.drupal.org)'],
  },
  {
    name: 'Hugo',
    version: '0.148.1',
    head: '<meta name="generator" content="Hugo 0.148.1">',
  },
  null,
  null,
];

const extras: readonly Technology[] = [
  {
    name: 'Google Analytics',
    head:
      '<script async src="https://www.googletagmanager.com/gtag/js?id=G-LAB0TRACE"></script>\n' +
      "<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('config','G-LAB0TRACE');</script>",
  },
  { name: 'jQuery', version: '3.7.1', head: '<script src="/assets/jquery-3.7.1.min.js"></script>' },
  {
    name: 'Bootstrap',
    version: '5.3.3',
    head: '<link rel="stylesheet" href="/assets/bootstrap-5.3.3.min.css">',
  },
];

const servers: readonly Technology[] = [
  { name: 'Nginx', version: '1.26.2', header: ['Server', 'nginx/1.26.2'] },
  { name: 'Nginx', header: ['Server', 'nginx'] },
  { name: 'Apache HTTP Server', version: '2.4.62', header: ['Server', 'Apache/2.4.62 (Debian)'] },
  { name: 'LiteSpeed', header: ['Server', 'LiteSpeed'] },
];

/** Draws the technologies of a site: a server always, a content system and others for most. */
export function drawTechnologies(dice: Dice): Technology[] {
  const found: Technology[] = [dice.pick(servers)];
  const system = dice.pick(systems);
  if (system !== null) found.push(system);
  for (const extra of extras) if (dice.chance(0.4)) found.push(extra);
  return found;
}
