import { describe, expect, it } from 'vitest';
import { HELD_PHRASES, type HeldKind, kindsToLookFor } from './parked-phrases.ts';

describe('kinds whose phrases are looked for', () => {
  it('are none in a text without a word that one needs', () => {
    expect(kindsToLookFor(['Holm & Sons', 'Kitchens made to measure, from our own workshop'])).toEqual(
      new Set(),
    );
  });

  it.each([
    ['for_sale', 'THIS DOMAIN acme.com IS FOR SALE'],
    ['for_sale', 'Домен acme.ru ПРОДАЁТСЯ'],
    ['for_sale', 'このドメインは販売中です'],
    ['for_sale', 'holm.com is available to purchase'],
    ['parked', 'acme.com | Parked at a registrar'],
    ['parked', 'Este dominio acme.es está aparcado'],
    ['placeholder', 'Coming soon'],
    ['placeholder', 'СТРАНИЦА: САЙТ НАХОДИТСЯ В РАЗРАБОТКЕ'],
    ['placeholder', '홈페이지 준비중'],
    ['default_server', 'It works!'],
    ['default_server', 'Apache2 Debian Default Page'],
    ['suspended', 'Thiſ account haſ been ſuſpended'],
    ['suspended', 'Domena wygasła'],
  ] satisfies [HeldKind, string][])('hold %s where a text says "%s"', (kind, text) => {
    expect(HELD_PHRASES[kind].test(text)).toBe(true);
    expect(kindsToLookFor(['', text])).toContain(kind);
  });
});
