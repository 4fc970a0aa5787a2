import { describe, expect, it } from 'vitest';
import { parseRefresh, refreshOf } from './page-refresh.ts';

describe('what a refresh says', () => {
  it.each([
    ['0;url=/a', 0, '/a'],
    ['0; URL=/a', 0, '/a'],
    [' 3 ,\turl = "/a b" x', 3, '/a b'],
    ["0;url='/a'", 0, '/a'],
    ["0;url='/a", 0, '/a'],
    ['0;/a', 0, '/a'],
    ['0 /a', 0, '/a'],
    ['0;uri=/a', 0, 'uri=/a'],
    ['1.5;url=/a', 1, '/a'],
    ['.5;url=/a', 0, '/a'],
    ['2', 2, ''],
    ['2;', 2, ''],
    ['0;url=', 0, ''],
    ['0;url=url=/a', 0, 'url=/a'],
  ])('%j', (text, seconds, target) => {
    expect(parseRefresh(text)).toEqual({ seconds, target });
  });

  it.each(['', 'url=/a', ';url=/a', '-1;url=/a', '0x;url=/a', 'now'])('%j is none', (text) => {
    expect(parseRefresh(text)).toBeNull();
  });

  it('takes time in proportion to what is written', () => {
    const startedMs = performance.now();
    for (const text of [' '.repeat(1e6), `0${'.'.repeat(1e6)}x`, `0${' '.repeat(1e6)}x`, '1'.repeat(1e6)])
      parseRefresh(text);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});

describe('where a page goes by itself', () => {
  const at = (html: string, headers: Record<string, string> = {}) =>
    refreshOf('https://a.example/dir/x', { 'content-type': 'text/html', ...headers }, Buffer.from(html))?.url;
  const meta = (content: string) => `<meta http-equiv="refresh" content="${content}">`;

  it.each([
    [meta('0;url=y'), 'https://a.example/dir/y'],
    [meta('5; url=//b.example/?a=1&amp;b=2#f'), 'https://b.example/?a=1&b=2#f'],
    [`<!doctype html><HTML><HEAD><META HTTP-EQUIV=Refresh CONTENT='0; URL=/y'>`, 'https://a.example/y'],
    ['<base href="/sub/"><meta content="0;url=y" http-equiv=" refresh ">', 'https://a.example/sub/y'],
    [`${meta('0;url=y')}<base href="https://b.example/">`, 'https://b.example/y'],
    [`<base href="/sub/">${meta('0')}`, 'https://a.example/dir/x'],
    [`${meta('never')}${meta('0;url=/b')}${meta('0;url=/c')}`, 'https://a.example/b'],
    [meta('0;url=/grüße'), 'https://a.example/gr%C3%BC%C3%9Fe'],
    [
      `<script>location.replace('/de/')</script><noscript>${meta('0;url=/de/')}</noscript>`,
      'https://a.example/de/',
    ],
    ['<script>window.location = "/en/"</script>', 'https://a.example/en/'],
    [
      '<body onload="x()"><script>function x(){ location.replace(\'start.php\') }</script>One moment …',
      'https://a.example/dir/start.php',
    ],
    [
      '<script>top.location.href = "//b.example/"</script><p><a href="//b.example/">On</a>',
      'https://b.example/',
    ],
    [
      '<frameset rows="100%,*"><frame src="http://b.example/shop/"><frame src="about:blank"></frameset><noframes><p>On</noframes>',
      'http://b.example/shop/',
    ],
  ])('%s', (html, url) => {
    expect(at(html)).toBe(url);
  });

  it.each([
    meta('6;url=/y'),
    meta('0;url=mailto:a@b.example'),
    meta('0;url=javascript:x'),
    meta('0;url=http://['),
    `<!-- ${meta('0;url=/y')} -->`,
    `<!--[if lt IE 9]>${meta('0;url=/old')}<![endif]-->`,
    `<noscript>${meta('0;url=/no-script')}</noscript><p>Shop`,
    `<script src=/x.js></script><noscript>${meta('0;url=/no-script')}</noscript>`,
    `<template>${meta('0;url=/y')}</template>`,
    `<script>var a='${meta('0;url=/y')}'</script>`,
    `<title>${meta('0;url=/y')}</title>`,
    '<meta name="refresh" content="0;url=/y">',
    `<script>b.onclick = () => { location.href = "/y" }</script>${'Kitchens made to measure. '.repeat(5)}`,
    '<script>if (old) location.href = "/old"</script><div id=app></div><script src=/app.js></script>',
    '<script>location.href = "/y"</script><iframe src="/x"></iframe>',
    `<script>location.href = "/y"</script>${' '.repeat(9_000)}`,
    '<script>location.href = location.href.replace("http:", "https:")</script>',
    '<frameset cols="200,*"><frame src="nav.html"><frame src="main.html"></frameset>',
    '<frameset><frame src="nav.html"><frame src="main.html"></frameset><script>top.location="/y"</script>',
    '<frameset><frame></frameset>',
    `<frame src="/y">${'Kitchens made to measure. '.repeat(5)}`,
    '<style>a{content:"location.href=\'/y\'"}</style>',
    `${' '.repeat(9_000)}${meta('0;url=/y')}`,
  ])('stays: %s', (html) => {
    expect(at(html)).toBeUndefined();
  });

  it('has no need to go where names are parked', () => {
    for (const target of ['https://www.sedoparking.com/x', '/cgi-sys/defaultwebpage.cgi', '/lander']) {
      expect(at(`<title>x</title>${meta(`0;url=${target}`)}`)).toBeUndefined();
      expect(at(`<script>location.href="${target}"</script>`)).toBeUndefined();
      expect(at(`<frameset><frame src="${target}"></frameset>`)).toBeUndefined();
    }
    expect(at(`${meta('0;url=/lander')}${'Kitchens made to measure. '.repeat(5)}`)).toMatch(/lander$/);
  });

  it('heeds the header first, and the charset of the page', () => {
    expect(at(meta('0;url=/meta'), { refresh: '1; url=/header' })).toBe('https://a.example/header');
    expect(at(meta('0;url=/meta'), { refresh: '300' })).toBeUndefined();
    const latin = Buffer.from(meta('0;url=/gr\xfcn'), 'latin1');
    expect(refreshOf('https://a.example/', { 'content-type': 'text/html; charset=latin1' }, latin)).toEqual({
      url: 'https://a.example/gr%C3%BCn',
      by: 'meta',
    });
  });
});
