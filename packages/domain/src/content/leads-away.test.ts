import { expect, it } from 'vitest';
import { classifyParked } from './classify-parked.ts';
import { extractPage } from './extract-page.ts';
import { responseFixture } from './page-fixture.ts';

const kindOf = (html: string): string | null => classifyParked(extractPage(responseFixture(html))).kind;

it.each([
  [
    'parked',
    '<html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>',
  ],
  ['parked', '<script>location.replace("https://www.sedoparking.com/x")</script>'],
  [
    'default_server',
    '<title>default</title><meta http-equiv="refresh" content="0; url=/cgi-sys/defaultwebpage.cgi">',
  ],
  ['suspended', '<meta http-equiv="refresh" content="0;URL=\'/cgi-sys/suspendedpage.cgi\'">'],
  [null, '<script>window.location = "/en/"</script>'],
  [null, '<meta http-equiv="refresh" content="0; url=/shop/">'],
  [
    null,
    `<p>${'Kitchens made to measure. '.repeat(20)}<script>b.onclick=()=>{location.href="/lander"}</script>`,
  ],
])('%s: %s', (kind, html) => {
  expect(kindOf(html)).toBe(kind);
});

it('knows a place holder that a redirect or a refresh has led to, whatever it says', () => {
  const page = { ...extractPage(responseFixture(`<p>${'Bienvenue. '.repeat(40)}`)) };
  const at = (finalUrl: string) => classifyParked({ ...page, finalUrl });
  const found = at('https://a.example/cgi-sys/defaultwebpage.cgi');
  expect([found.kind, found.reasons]).toEqual([
    'default_server',
    ['The site leads to https://a.example/cgi-sys/defaultwebpage.cgi'],
  ]);
  expect(at('https://a.example/lander?q=1').kind).toBe('parked');
  expect(at('https://a.example/landers').kind).toBeNull();
});

it.each([
  ['parked', 'A brand new domain! Congratulations on registering your domain with us!'],
  ['parked', 'Félicitations ! Votre nom de domaine acme.fr a bien été créé.'],
  ['parked', 'Домен не прилинкован к директории на сервере'],
  ['placeholder', "Looks Like This Domain Isn't Connected To A Website Yet"],
  ['for_sale', 'This premium domain may be available. Price: USD 4,500.'],
  ['for_sale', 'acme.com is available to lease or purchase'],
  ['for_sale', 'Le domaine acme.fr est en vente.'],
  [null, 'Le domaine Leroux est en vente directe de ses vins à la propriété.'],
  ['default_server', 'Congratulations! You are now running Bitnami package for WordPress in the Cloud.'],
])('%s: "%s"', (kind, text) => {
  expect(kindOf(`<p>${text}</p>`)).toBe(kind);
});
