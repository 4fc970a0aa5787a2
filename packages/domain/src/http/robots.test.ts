import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRobots, robotsAllow } from './robots.ts';

const allows = (text: string, path: string, agent = 'DomainFlow'): boolean =>
  robotsAllow(parseRobots(text, agent), path).allowed;

describe('groups', () => {
  const text = `
    User-agent: other
    Disallow: /

    User-agent: domainflow/2.0
    User-agent: Third
    Disallow: /a
    Sitemap: https://x.example/s.xml

    User-agent: *
    Disallow: /b

    user-AGENT: DomainFlow
    disallow : /c # both groups of one agent count`;

  it('takes all groups of its own name, whatever the case, and no others', () => {
    expect(['/', '/a', '/b', '/c'].map((path) => allows(text, path))).toEqual([true, false, true, false]);
  });

  it('takes the groups for all where none names it', () => {
    expect(['/', '/a', '/b', '/c'].map((path) => allows(text, path, 'Fourth'))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('ends the names of a group with its first rule, not with other lines', () => {
    const groups =
      'User-agent: DomainFlow\nCrawl-delay: 3\nUser-agent: x\nDisallow: /a\nUser-agent: y\nDisallow: /b';
    expect([allows(groups, '/a'), allows(groups, '/b')]).toEqual([false, true]);
  });

  it('passes over rules before a group, byte order marks, carriage returns and noise', () => {
    expect(allows('Disallow: /\nUser-agent: *\nAllow: /', '/')).toBe(true);
    expect(allows('\uFEFFUser-agent: *\rDisallow: /', '/')).toBe(false);
    expect(allows('<html><body>User-agent</body></html>', '/')).toBe(true);
    expect(allows('User-agent: *\nDisallow:', '/')).toBe(true);
    expect(allows('', '/')).toBe(true);
  });
});

describe('rules', () => {
  it.each([
    ['Disallow: /fish', '/fish.html', false],
    ['Disallow: /fish', '/Fish', true],
    ['Disallow: /fish/', '/fish', true],
    ['Disallow: /*.php', '/a/b.php?x=1', false],
    ['Disallow: /*.php$', '/a.php', false],
    ['Disallow: /*.php$', '/a.php?x', true],
    ['Disallow: /*.php$', '/a.php.php', false],
    ['Disallow: /$', '/', false],
    ['Disallow: /$', '/a', true],
    ['Disallow: *', '/any', false],
    ['Disallow: /a*b*c', '/axxbyyc', false],
    ['Disallow: /a*b*c', '/axxcyyb', true],
    ['Disallow: /a*$', '/abc', false],
    ['Disallow: /x?q=', '/x?q=1', false],
    ['Disallow: /caf%c3%a9', '/café', false],
    ['Disallow: /café', '/caf%C3%A9', false],
    ['Disallow: /%7ejoe', '/~joe', false],
    ['Disallow: /a%2Fb', '/a/b', true],
    ['Disallow: /a%2Ab', '/a*b', false],
    ['Disallow: /a%2ab', '/axb', true],
    ['Disallow: /a*b', '/a%2Ab', false],
    ['Disallow: /a%24', '/a$', false],
    ['Disallow: /a%24', '/a', true],
    ['Disallow: /a$b', '/a$b', false],
    ['Disallow: /a$$', '/a$', false],
    ['Disallow: /', '/robots.txt', true],
  ])('%s: %s', (rule, path, allowed) => {
    expect(allows(`User-agent: *\n${rule}`, path)).toBe(allowed);
  });

  it.each([
    ['Disallow: /\nAllow: /p', '/page', true],
    ['Allow: /folder\nDisallow: /folder', '/folder/page', true],
    ['Allow: /page\nDisallow: /*.htm', '/page.htm', false],
    ['Allow: /$\nDisallow: /', '/', true],
    ['Allow: /$\nDisallow: /', '/page.htm', false],
    ['Disallow: /example/page/\nAllow: /example/page/disallowed.gif', '/example/page/disallowed.gif', true],
  ])('the longest of %j decides %s', (rules, path, allowed) => {
    expect(allows(`User-agent: *\n${rules}`, path)).toBe(allowed);
  });

  it('names the rule that decided', () => {
    const rules = parseRobots('User-agent: *\nAllow: /\nDisallow: /private', 'x');
    expect(robotsAllow(rules, '/private/a')).toEqual({ allowed: false, rule: 'Disallow: /private' });
    expect(robotsAllow(rules, '/')).toEqual({ allowed: true, rule: 'Allow: /' });
  });
});

it('agrees with a slow and simple matcher on any pattern', () => {
  const simple = (pattern: string, path: string): boolean => {
    const anchored = pattern.endsWith('$');
    const body = (anchored ? pattern.slice(0, -1) : pattern).split('*');
    const source = body.map((part) => part.replace(/[^\w]/g, '\\$&')).join('.*');
    return new RegExp(`^${source}${anchored ? '$' : ''}`).test(path);
  };
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*'), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(pattern, fc.boolean(), letters, (rule, anchored, rest) => {
      const full = `/${rule}${anchored ? '$' : ''}`;
      const isAllowed = allows(`User-agent: *\nDisallow: ${full}`, `/${rest}`);
      expect(isAllowed).toBe(!simple(full, `/${rest}`));
    }),
    { numRuns: 2_000 },
  );
});

it('reads any text in time, and patterns made to be slow', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      parseRobots(`User-agent: *\n${text}`, 'x');
      robotsAllow(parseRobots(`User-agent: *\nDisallow: ${text}`, 'x'), `/${text}`);
    }),
  );
  const evil = `User-agent: *\n${`Disallow: /${'*a'.repeat(30)}*b\n`.repeat(7_000)}`;
  const startedMs = performance.now();
  expect(robotsAllow(parseRobots(evil, 'x'), `/${'a'.repeat(2_000)}`).allowed).toBe(true);
  expect(performance.now() - startedMs).toBeLessThan(1_500);
});
