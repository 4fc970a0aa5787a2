import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

/** "Привет" in windows-1251. */
const GREETING = '\u00cf\u00f0\u00e8\u00e2\u00e5\u00f2';
const octets = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const titled = (head: string): Uint8Array => octets(`<html><head>${head}<title>${GREETING}</title></head>`);
const META = '<meta charset=windows-1251>';

describe('declarations in the page', () => {
  it.each([
    ['an attribute', META],
    ['a content type', '<META CONTENT="text/html; CHARSET=windows-1251" HTTP-EQUIV=Content-Type>'],
    ['a content type without its name', "<meta content='text/html;charset=windows-1251'>"],
    ['XML', '<?xml version="1.0" encoding="windows-1251"?>'],
    ['one after a comment with another', `<!-- <meta charset=koi8-r> -->${META}`],
    ['one after a text about another', `<meta name=d content="mail with charset=koi8-r">${META}`],
    ['one after a label that nobody knows', `<meta charset=klingon>${META}`],
    ['one far down in the head', `<style>${'x'.repeat(3_000)}</style>${META}`],
    ['one after a long comment', `<!--${'x'.repeat(3_000)}-->${META}`],
  ])('%s', (_, head) => {
    expect(decodeText(titled(head), 'text/html')).toMatchObject({
      charset: 'windows-1251',
      text: expect.stringContaining('Привет'),
    });
  });

  it('believes no comment that does not end', () => {
    expect(decodeText(titled(`<!-- ${META}`), undefined).charset).toBe('windows-1252');
  });

  it('takes UTF-8 for what it is whatever comes far down', () => {
    const text = `<head><style>${'x'.repeat(3_000)}</style>${META}<title>Привет</title>`;
    expect(decodeText(new TextEncoder().encode(text), 'text/html')).toEqual({ text, charset: 'utf-8' });
  });
});

describe('order', () => {
  const mark = [0xef, 0xbb, 0xbf];
  it.each([
    ['a byte order mark', [...mark, 0x61], 'text/html; charset=koi8-r', 'utf-8'],
    ['the header', [...titled('<meta charset=koi8-r>')], 'text/html; charset="Windows-1251"', 'windows-1251'],
    ['the page where the header is nonsense', [...titled(META)], 'text/html; charset=x', 'windows-1251'],
    ['valid UTF-8', [0xc3, 0xa9, 0x61, 0x61], undefined, 'utf-8'],
    ['windows-1252 for the rest', [0xe9, 0x61, 0x61, 0x61], undefined, 'windows-1252'],
  ])('%s', (_, body, contentType, charset) => {
    expect(decodeText(Uint8Array.from(body), contentType).charset).toBe(charset);
  });
});
