/**
 * How a technology shows itself. Keys and meaning are those of the formats that are common for this; a pattern is a
 * regular expression without flags (matched without regard to case) whose first group, if any, is the version. An
 * empty pattern means that being there is enough. `html` is matched against the marks that are kept of a page
 * (`PageFeatures.markup`), not against its source.
 */
export interface TechnologyFingerprint {
  /** Header name, lower-case -> pattern. `set-cookie` holds cookie names only. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Meta name, lower-case -> pattern. */
  readonly meta?: Readonly<Record<string, string>>;
  /** Patterns for URLs of scripts, style sheets, frames and preconnections. */
  readonly scripts?: readonly string[];
  readonly html?: readonly string[];
  /** Others that this one cannot be without. */
  readonly implies?: readonly string[];
}

const VERSION = '([0-9]+(?:\\.[0-9]+){0,3})';

/** A library's file: `name-1.2.3.min.js`, `name@1.2.3/…`, `name/1.2.3/…`, `name.js?ver=1.2.3`. */
const library = (name: string): string =>
  `[/@]${name}(?:[-.@/]v?${VERSION})?(?:/[^?#]*)?(?:[-.](?:slim|min|bundle|core|prod|global|pkgd|production))*(?:\\.(?:js|mjs|css))?(?:\\?v(?:er)?=${VERSION})?(?:[?#]|$)`;

export const TECHNOLOGY_FINGERPRINTS: Readonly<Record<string, TechnologyFingerprint>> = {
  // Servers and what is in front of them
  Nginx: { headers: { server: `^nginx(?:/${VERSION})?` } },
  OpenResty: { headers: { server: `^openresty(?:/${VERSION})?` }, implies: ['Nginx'] },
  'Apache HTTP Server': { headers: { server: `^apache(?:/${VERSION})?(?![-\\w])` } },
  LiteSpeed: { headers: { server: '^litespeed' } },
  'Microsoft IIS': { headers: { server: `^microsoft-iis(?:/${VERSION})?` } },
  Caddy: { headers: { server: '^caddy' } },
  Cloudflare: { headers: { server: '^cloudflare', 'cf-ray': '' } },
  Fastly: { headers: { 'x-served-by': '^cache-', 'x-fastly-request-id': '' } },
  'Amazon CloudFront': { headers: { 'x-amz-cf-id': '', via: 'cloudfront' } },
  Varnish: { headers: { 'x-varnish': '', via: 'varnish' } },
  Vercel: { headers: { server: '^vercel', 'x-vercel-id': '' } },
  Netlify: { headers: { server: '^netlify', 'x-nf-request-id': '' } },
  'GitHub Pages': { headers: { server: '^github\\.com' } },
  // Languages and frameworks of servers
  PHP: { headers: { 'x-powered-by': `^php(?:/${VERSION})?`, 'set-cookie': '\\bphpsessid\\b' } },
  'ASP.NET': {
    headers: {
      'x-aspnet-version': VERSION,
      'x-powered-by': '^asp\\.net',
      'set-cookie': '\\basp\\.net_sessionid\\b',
    },
  },
  Express: { headers: { 'x-powered-by': '^express' } },
  Laravel: { headers: { 'set-cookie': '\\blaravel_session\\b' }, implies: ['PHP'] },
  Django: { headers: { 'set-cookie': '\\bdjango' } },
  Java: { headers: { 'set-cookie': '\\bjsessionid\\b' } },
  // Content systems, shops and builders
  WordPress: {
    meta: { generator: `^wordpress(?:\\.com)?(?: ${VERSION})?` },
    scripts: ['/wp-(?:content|includes)/'],
    headers: { link: 'api\\.w\\.org' },
    implies: ['PHP'],
  },
  WooCommerce: {
    meta: { generator: `^woocommerce(?: ${VERSION})?` },
    scripts: ['/plugins/woocommerce/'],
    implies: ['WordPress'],
  },
  Elementor: {
    meta: { generator: `^elementor(?: ${VERSION})?` },
    scripts: ['/plugins/elementor/'],
    html: ['^data-elementor-'],
  },
  'Yoast SEO': { html: [`^<!--this site is optimized with the yoast seo (?:premium )?plugin v${VERSION}`] },
  Joomla: {
    meta: { generator: `^joomla!?(?: ${VERSION})?` },
    headers: { 'x-content-encoded-by': '^joomla' },
  },
  Drupal: {
    meta: { generator: `^drupal(?: ${VERSION})?` },
    headers: { 'x-generator': `^drupal(?: ${VERSION})?`, 'x-drupal-cache': '', 'x-drupal-dynamic-cache': '' },
    html: ['^data-drupal-'],
    implies: ['PHP'],
  },
  TYPO3: { meta: { generator: `^typo3(?: cms)?(?: ${VERSION})?` }, scripts: ['/typo3(?:conf|temp)/'] },
  Shopify: {
    headers: { 'x-shopid': '', 'x-shopify-stage': '', 'powered-by': '^shopify' },
    scripts: ['^https?://cdn\\.shopify\\.com', '/cdn/shop/'],
  },
  Magento: { headers: { 'x-magento-tags': '', 'x-magento-cache-debug': '' }, html: ['^data-mage-init='] },
  PrestaShop: { meta: { generator: '^prestashop' }, headers: { 'powered-by': '^prestashop' } },
  Wix: {
    meta: { generator: '^wix\\.com' },
    headers: { 'x-wix-request-id': '' },
    scripts: ['static\\.(?:parastorage|wixstatic)\\.com'],
  },
  Squarespace: { headers: { server: '^squarespace' }, scripts: ['static1?\\.squarespace\\.com'] },
  Webflow: { meta: { generator: '^webflow' }, html: ['^data-wf-(?:page|site)='] },
  Ghost: { meta: { generator: `^ghost(?: ${VERSION})?` } },
  Hugo: { meta: { generator: `^hugo(?: ${VERSION})?` } },
  Jekyll: { meta: { generator: `^jekyll(?: v?${VERSION})?` } },
  Gatsby: { meta: { generator: `^gatsby(?: ${VERSION})?` }, html: ['^id=___gatsby$'], implies: ['React'] },
  Astro: { meta: { generator: `^astro(?: v?${VERSION})?` } },
  HubSpot: {
    meta: { generator: '^hubspot' },
    headers: { 'x-hs-hub-id': '' },
    scripts: ['\\.hs-(?:scripts|analytics)\\.(?:com|net)'],
  },
  // Frameworks and libraries of pages
  'Next.js': {
    html: ['^id=__next(?:_data__)?$'],
    scripts: ['/_next/static/'],
    headers: { 'x-powered-by': `^next\\.js(?: ?${VERSION})?` },
    implies: ['React'],
  },
  Nuxt: { html: ['^id=__nuxt(?:_data__)?$'], scripts: ['/_nuxt/'], implies: ['Vue.js'] },
  React: { html: ['^data-reactroot=', '^data-react-helmet='], scripts: [library('react(?:-dom)?')] },
  'Vue.js': { html: ['^data-v-app=', '^data-server-rendered='], scripts: [library('vue')] },
  Angular: { html: [`^ng-version=${VERSION}`] },
  AngularJS: { html: ['^ng-app='], scripts: [library('angular')] },
  jQuery: { scripts: [library('jquery')] },
  Bootstrap: { scripts: [library('bootstrap')] },
  'Font Awesome': { scripts: ['font-?awesome', '^https?://kit\\.fontawesome\\.com'] },
  'Google Fonts': { scripts: ['^https?://fonts\\.(?:googleapis|gstatic)\\.com'] },
  // Measuring, payment, help
  'Google Analytics': { scripts: ['google-analytics\\.com/', 'googletagmanager\\.com/gtag/js'] },
  'Google Tag Manager': { scripts: ['googletagmanager\\.com/(?:gtm\\.js|ns\\.html)'] },
  Matomo: { scripts: ['/(?:matomo|piwik)\\.js'], meta: { generator: '^matomo' } },
  'Facebook Pixel': { scripts: ['connect\\.facebook\\.net/'] },
  Hotjar: { scripts: ['static\\.hotjar\\.com'] },
  Stripe: { scripts: ['^https?://js\\.stripe\\.com'] },
  reCAPTCHA: { scripts: ['(?:google\\.com|recaptcha\\.net)/recaptcha/'] },
  Intercom: { scripts: ['widget\\.intercom\\.io'] },
};
