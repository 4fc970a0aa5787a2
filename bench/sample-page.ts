import { type KeywordRule, keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';

const WORDS =
  'custom kitchen furniture from our own workshop delivered within two weeks every order is checked by hand before it leaves the house and the team answers questions about materials prices and invoices on working days between nine and five in the showroom you find more than forty models of oak beech and walnut'.split(
    ' ',
  );

/** A generator of numbers below `bound`, the same in each run. */
function dice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
}

const HEAD = `<!doctype html><html lang="en-GB" class="no-js"><head><meta charset="utf-8">
<title>Holm &amp; Sons – Kitchens made to measure</title><meta name="viewport" content="width=device-width">
<meta name="description" content="Kitchens made to measure since 1961."><meta name="generator" content="WordPress 6.5.2">
<meta property="og:title" content="Holm &amp; Sons"><meta property="og:type" content="website">
<link rel="canonical" href="https://holm.example/"><link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/wp-content/themes/astra/style.css?ver=4.6.1">
<link rel="stylesheet" href="/wp-includes/css/dist/block-library/style.min.css?ver=6.5.2">
<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1"></script>
<script src="https://www.googletagmanager.com/gtag/js?id=G-ABC123XYZ9" async></script>
<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('config','G-ABC123XYZ9');</script>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"Organization","name":"Holm & Sons Ltd",
"telephone":"+44 20 7946 0123","email":"office@holm.example","sameAs":["https://www.linkedin.com/company/holm-sons"]}</script>
</head><body class="home page-template wp-embed-responsive"><header id="masthead" class="site-header"><nav class="menu"><ul>`;
const FOOT = `<footer class="site-footer"><form action="/?s" class="search-form"><input type="search" name="s"></form>
<form method="post" action="/contact"><input name="your-email" type="email"><textarea name="message"></textarea></form>
<address>12 Mill Lane, Leeds LS1 4AP</address><a href="mailto:office@holm.example">office@holm.example</a>
<a href="tel:+442079460123">+44 20 7946 0123</a><a href="https://www.facebook.com/holmandsons">Facebook</a>
<a href="/contact">Contact</a><a href="/imprint">Imprint</a></footer>
<script src="/wp-content/plugins/contact-form-7/includes/js/index.js?ver=5.9"></script></body></html>`;

/** A home page of so many octets, as a small firm has one: menu, sections of text, pictures, forms and contacts. */
export function samplePage(octets: number): string {
  const roll = dice(11);
  const parts = [HEAD];
  for (let n = 0; n < 30; n++)
    parts.push(`<li class="menu-item menu-item-${n}"><a href="/range/${n}">Range ${n}</a></li>`);
  parts.push('</ul></nav></header><main>');
  let units = parts.reduce((sum, part) => sum + part.length, FOOT.length + 7);
  for (let n = 0; units < octets - 400; n++) {
    const words = Array.from({ length: 60 }, () => WORDS[roll(WORDS.length)]).join(' ');
    const part = `<section class="wp-block-group section-${n}"><h2>Model ${n}</h2><img src="/img/${n}.jpg" alt="Model ${n}" loading="lazy">
<p class="has-text-align-left">${words}. From ${roll(9_000) + 500} GBP, <a href="/models/${n}">more about it</a>.</p></section>\n`;
    parts.push(part);
    units += part.length;
  }
  const rest = Math.max(0, octets - units);
  return `${parts.join('')}${' '.repeat(rest)}</main>${FOOT}`;
}

/** So many keyword rules: every tenth is a word of the page, every twentieth an expression that finds a few of its lines. */
export function sampleRules(count: number): KeywordRule[] {
  return Array.from({ length: count }, (_, n) => {
    if (n % 20 === 19)
      return keywordRuleSchema.parse({ pattern: `(?:model|range) ${n}[0-9]?`, kind: 'regex' });
    const word = WORDS[n % WORDS.length] ?? '';
    return keywordRuleSchema.parse({ pattern: n % 10 === 0 ? word : `${word} offer ${n}` });
  });
}
