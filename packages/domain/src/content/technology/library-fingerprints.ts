import { fingerprints, VERSION } from './fingerprint.ts';

/** A library's file: `name-1.2.3.min.js`, `name@1.2.3/…`, `name/1.2.3/…`, `name.js?ver=1.2.3`. */
const library = (name: string): string =>
  `[/@]${name}(?:[-.@/]v?${VERSION})?(?:/[^?#]*)?(?:[-.](?:slim|min|bundle|core|prod|global|pkgd|production))*(?:\\.(?:js|mjs|css))?(?:\\?v(?:er)?=${VERSION})?(?:[?#]|$)`;

/** Its files only: other software has folders and files of that name. */
const BOOTSTRAP = `^(?!.*(?:ensighten|trustpilot)).*?[/@]bootstrap(?:[-.@/]v?${VERSION})?(?:/(?:dist/)?(?:css/|js/)?bootstrap)?(?:[-.](?:min|bundle|rtl|grid|slim))*\\.(?:js|css)(?:\\?v(?:er)?=${VERSION})?(?:[?#]|$)`;

export const LIBRARY_FINGERPRINTS = fingerprints('JavaScript', {
  'Next.js': {
    website: 'nextjs.org',
    html: ['^id=__next(?:_data__)?$'],
    globals: ['__next_f'],
    scripts: ['/_next/static/'],
    headers: { 'x-powered-by': `^next\\.js(?: ?${VERSION})?` },
    implies: ['React'],
  },
  Nuxt: { website: 'nuxt.com', html: ['^id=__nuxt(?:_data__)?$'], scripts: ['/_nuxt/'], implies: ['Vue.js'] },
  React: {
    website: 'react.dev',
    html: ['^data-reactroot=', '^data-react-helmet='],
    scripts: [library('react(?:-dom)?')],
  },
  Preact: { website: 'preactjs.com', scripts: [library('preact')] },
  Remix: { website: 'remix.run', globals: ['__remixContext'], implies: ['React'] },
  Svelte: { website: 'svelte.dev', html: ['^class=svelte-[0-9a-z]{5,7}$'] },
  SvelteKit: { website: 'svelte.dev', html: ['^data-sveltekit-'], scripts: ['/_app/immutable/'] },
  'Vue.js': {
    website: 'vuejs.org',
    html: ['^data-v-app=', '^data-server-rendered='],
    scripts: [library('vue')],
  },
  Angular: { website: 'angular.dev', html: [`^ng-version=${VERSION}`] },
  AngularJS: { website: 'angularjs.org', html: ['^ng-app='], scripts: [library('angular(?:js)?')] },
  'Ember.js': { website: 'emberjs.com', scripts: [library('ember')], html: ['^id=ember\\d+$'] },
  'Alpine.js': { website: 'alpinejs.dev', scripts: [library('alpinejs')], globals: ['Alpine'] },
  htmx: { website: 'htmx.org', scripts: [library('htmx(?:\\.org)?')] },
  'Hotwire Turbo': { website: 'hotwired.dev', html: ['^data-turbo(?:-track)?='] },
  'Backbone.js': { website: 'backbonejs.org', scripts: [library('backbone')] },
  jQuery: { website: 'jquery.com', scripts: [library('jquery')] },
  'jQuery UI': { website: 'jqueryui.com', scripts: [library('jquery-?ui')], implies: ['jQuery'] },
  'jQuery Migrate': { website: 'jquery.com', scripts: [library('jquery-migrate')], implies: ['jQuery'] },
  Bootstrap: { website: 'getbootstrap.com', scripts: [BOOTSTRAP] },
  'Tailwind CSS': {
    website: 'tailwindcss.com',
    scripts: ['cdn\\.tailwindcss\\.com', library('tailwind(?:css)?')],
  },
  Foundation: { website: 'get.foundation', scripts: [library('foundation')] },
  Bulma: { website: 'bulma.io', scripts: [library('bulma')] },
  UIkit: { website: 'getuikit.com', scripts: [library('uikit')] },
  'Semantic UI': { website: 'semantic-ui.com', scripts: [library('semantic')] },
  Swiper: { website: 'swiperjs.com', scripts: [library('swiper')] },
  Slick: { website: 'kenwheeler.github.io/slick', scripts: [library('slick')] },
  'Owl Carousel': { website: 'owlcarousel2.github.io', scripts: ['/owl\\.carousel(?:\\.min)?\\.(?:js|css)'] },
  GSAP: { website: 'gsap.com', scripts: [library('gsap')] },
  AOS: { website: 'michalsnik.github.io/aos', html: ['^data-aos='] },
  Lodash: { website: 'lodash.com', scripts: [library('lodash')] },
  'Underscore.js': { website: 'underscorejs.org', scripts: [library('underscore')] },
  'Moment.js': { website: 'momentjs.com', scripts: [library('moment')] },
  'D3.js': { website: 'd3js.org', scripts: [library('d3')] },
  'Chart.js': { website: 'chartjs.org', scripts: [library('chart(?:\\.js)?')] },
  'three.js': { website: 'threejs.org', scripts: [library('three')] },
  Modernizr: { website: 'modernizr.com', scripts: [library('modernizr')] },
  Axios: { website: 'axios-http.com', scripts: [library('axios')] },
  Select2: { website: 'select2.org', scripts: [library('select2')] },
  Fancybox: { website: 'fancyapps.com', scripts: ['/(?:jquery\\.)?fancybox[/@.-]'] },
  Lightbox: { website: 'lokeshdhakar.com/projects/lightbox2', scripts: [library('lightbox2?')] },
  'Polyfill.io': {
    website: 'cdnjs.cloudflare.com/polyfill',
    scripts: ['(?:polyfill\\.io|cdnjs\\.cloudflare\\.com/polyfill)/v[0-9]'],
  },
  'Require.js': { website: 'requirejs.org', scripts: [library('require(?:js)?')] },
  MooTools: { website: 'mootools.net', scripts: ['/mootools[-.a-z]*'] },
  Prototype: { website: 'prototypejs.org', scripts: [library('prototype')] },
  AMP: { website: 'amp.dev', scripts: ['cdn\\.ampproject\\.org/'] },
  'core-js': { website: 'github.com/zloirock/core-js', scripts: [library('core-js(?:-bundle)?')] },
});
