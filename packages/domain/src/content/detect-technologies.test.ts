import { describe, expect, it } from 'vitest';
import { detectTechnologies } from './detect-technologies.ts';
import type { PageFeatures } from './page-features.ts';
import { pageFixture } from './page-fixture.ts';

const found = (features: Partial<PageFeatures>): string[] =>
  detectTechnologies(pageFixture(features)).map(({ name, version }) =>
    version === null ? name : `${name} ${version}`,
  );

describe('technologies', () => {
  it.each<[Partial<PageFeatures>, string[]]>([
    [{ headers: { server: 'nginx/1.26.2' } }, ['Nginx 1.26.2']],
    [{ headers: { server: 'Apache/2.4.62 (Debian)' } }, ['Apache HTTP Server 2.4.62']],
    [{ headers: { server: 'Apache-Coyote/1.1' } }, []],
    [{ headers: { server: 'cloudflare', 'cf-ray': 'abc' } }, ['Cloudflare']],
    [{ headers: { 'set-cookie': 'PHPSESSID, lang' } }, ['PHP']],
    [{ headers: { 'x-powered-by': 'PHP/8.3.1' } }, ['PHP 8.3.1']],
    [{ meta: { generator: 'WordPress 6.8.2' } }, ['WordPress 6.8.2', 'PHP']],
    [
      { resources: ['https://a.de/wp-content/themes/x.css'], meta: { generator: 'WordPress 6.8' } },
      ['WordPress 6.8', 'PHP'],
    ],
    [{ resources: ['https://a.de/js/jquery-3.7.1.min.js'] }, ['jQuery 3.7.1']],
    [{ resources: ['https://code.jquery.com/jquery-3.7.1.slim.min.js'] }, ['jQuery 3.7.1']],
    [{ resources: ['https://cdnjs.cloudflare.com/ajax/libs/jquery/3.6.0/jquery.min.js'] }, ['jQuery 3.6.0']],
    [{ resources: ['https://cdn.jsdelivr.net/npm/vue@3.4.21/dist/vue.global.prod.js'] }, ['Vue.js 3.4.21']],
    [{ resources: ['https://a.de/js/jquery.js?ver=3.5.1'] }, ['jQuery 3.5.1']],
    [{ resources: ['https://a.de/js/jquery-ui.min.js', 'https://a.de/js/bootstrap-datepicker.js'] }, []],
    [{ markup: ['id=__next'] }, ['Next.js', 'React']],
    [{ markup: ['ng-version=17.0.1'] }, ['Angular 17.0.1']],
    [{ markup: ['<!--This site is optimized with the Yoast SEO plugin v21.5 - https'] }, ['Yoast SEO 21.5']],
  ])('%j', (features, technologies) => {
    expect(found(features)).toEqual(technologies);
  });

  it('name what was seen', () => {
    const [nginx] = detectTechnologies(pageFixture({ headers: { server: 'nginx/1.2' } }));
    expect(nginx).toEqual({ name: 'Nginx', version: '1.2', evidence: 'header server: nginx/1.2' });
  });
});
