import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { compileKeywords } from '../compile-keywords.ts';
import { compileRegex } from '../compile-regex.ts';
import { type KeywordRule, keywordRuleSchema } from '../keyword-rule.ts';
import { ExpressionSearch, MATCHES_TOLD } from './expression-search.ts';

/** What a search must equal: re2js alone over the whole text. */
function plainMatches(rule: KeywordRule, text: string): number[] {
  const matcher = RE2JS.compile(rule.pattern, rule.caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE).matcher(text);
  const found: number[] = [];
  for (let from = 0; from <= text.length && found.length < 2 * MATCHES_TOLD && matcher.find(from); ) {
    if (matcher.end() > matcher.start()) found.push(matcher.start(), matcher.end());
    from = Math.max(matcher.end(), matcher.start() + 1);
  }
  return found;
}

const rule = (pattern: string, caseSensitive = false): KeywordRule =>
  keywordRuleSchema.parse({ pattern, caseSensitive, kind: 'regex', wholeWord: false });

/** The rules' matches by one compiled set: index, count and the first three places. */
const matchesOfSet = (rules: readonly KeywordRule[], texts: readonly string[]): unknown[] => {
  const matcher = compileKeywords(rules);
  return texts.map((text) =>
    matcher
      .matchText(text)
      .map(({ rule: index, count, start, end, further }) => [index, count, start, end, ...further]),
  );
};
const matchesAlone = (rules: readonly KeywordRule[], texts: readonly string[]): unknown[] =>
  texts.map((text) =>
    rules.flatMap((each, index) => {
      const found = plainMatches(each, text);
      return found.length === 0 ? [] : [[index, found.length / 2, ...found.slice(0, 6)]];
    }),
  );

const leaf = fc.constantFrom(
  ...['a', 'b', 'ab', 'B', '1', ' ', 'é', 'ß', 'k', 's', '𠮷', '.', '\\w', '\\W', '\\d', '\\s', '[ab]'],
  ...['[^a]', '[^a\\n]', '[a-z1]', '\\pL', '[𠮷é]', '\\n', 'ba1', 'aab'],
);
const place = fc.constantFrom('\\b', '\\B', '^', '$', '(?m:^)', '(?m:$)', '\\A', '\\z');
const times = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{2,}', '{0,4}?');
const { pattern: anyPattern } = fc.letrec<{ pattern: string; sequence: string; atom: string }>((tie) => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((all) => all.join('|')),
  sequence: fc.array(tie('atom'), { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
  atom: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    {
      weight: 6,
      arbitrary: fc
        .tuple(leaf, times)
        .map(
          ([one, many]) =>
            `${one.length > 1 && one[0] !== '\\' && one[0] !== '[' && one !== '𠮷' ? `(?:${one})` : one}${many}`,
        ),
    },
    { weight: 1, arbitrary: place },
    { weight: 2, arbitrary: fc.tuple(tie('pattern'), times).map(([inner, many]) => `(${inner})${many}`) },
  ),
}));
const usable = anyPattern.filter((pattern) => {
  if (pattern.trim() !== pattern) return false;
  try {
    compileRegex(rule(pattern));
    return true;
  } catch {
    return false;
  }
});
const units = fc.constantFrom(
  ...[
    'a',
    'b',
    'ab',
    'ab1',
    'A',
    'B',
    '1',
    ' ',
    '-',
    '\n',
    'é',
    'É',
    'ß',
    'ẞ',
    '\u212a',
    'ſ',
    '𠮷',
    '\ud842',
    '\udfb7',
  ],
  ...['ba1', 'aab', 'y'.repeat(60), 'y a '.repeat(40), 'a'.repeat(40), 'ab'.repeat(30)],
);
const someText = fc.string({ unit: units, maxLength: 30 });

describe('expressions', () => {
  it('are found just where the engine alone finds them', () => {
    fc.assert(
      fc.property(usable, fc.boolean(), someText, (pattern, caseSensitive, text) => {
        const one = rule(pattern, caseSensitive);
        const search = new ExpressionSearch(compileRegex(one));
        search.begin(text);
        search.searchAll();
        expect(search.found).toEqual(plainMatches(one, text));
      }),
      { numRuns: 300 },
    );
  });

  it('are found the same by hints as without, in sets and in text after text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(usable, fc.boolean()), { minLength: 1, maxLength: 6 }),
        fc.array(someText, { minLength: 1, maxLength: 3 }),
        (patterns, texts) => {
          const rules = patterns.map(([pattern, caseSensitive]) => rule(pattern, caseSensitive));
          expect(matchesOfSet(rules, texts)).toEqual(matchesAlone(rules, texts));
        },
      ),
      { numRuns: 200 },
    );
  }, 20_000);

  const fill = (unit: string, length = 500_000): string => unit.repeat(length / unit.length);
  it.each([
    ['(a+)+$', `${fill('a')}!`],
    ['(?:a|a)*b', fill('a')],
    ['x.*foo', fill('foo ')],
    ['foo.*x', fill('foo ')],
    ['(?:foo.*)?bar', fill('foo ')],
    ['fo+(?:.*z)?', fill('foo ')],
    ['(?:a|b)*a(?:a|b){12}c', fill('abbabaaab')],
    ['[ab]{100}c', fill('ab')],
    ['(?:.*a){8}b', fill('a ')],
    ['\\w+@\\w+', fill('word')],
    ['(?i)price.{0,20}eur', fill('price 1 ')],
    ['price(?:.{0,40}price)*.{0,40}eur', fill('price 1 ')],
    ['[A-Z][a-z]+ ?(?:[A-Z][a-z]+ ?)*!', fill('Abc Def ')],
  ])('%s takes time linear in the text', (pattern, text) => {
    const matcher = compileKeywords([rule(pattern)]);
    const costMs = (searched: string): number => {
      const before = process.cpuUsage();
      matcher.matchText(searched);
      return process.cpuUsage(before).user / 1_000;
    };
    // The first time states are made. What is not linear takes minutes.
    expect(Math.min(costMs(text), costMs(text))).toBeLessThan(4_000);
  });

  it('of a set too wide for one automaton are found the same', () => {
    const rules = Array.from({ length: 40 }, (_, n) => rule(`[a-z]*${'abcdefgh'[n % 8]}[a-z]{${n}}[0-9]`));
    const word = 'abfaehgcdhbahgfeadchbgafbdehcagfhdbeacghfdbaehgcfd';
    const text = Array.from({ length: 60 }, (_, n) => `${word.slice(n % 9, 20 + (n % 30))}${n} `).join('');
    expect(matchesOfSet(rules, [text, text])).toEqual(matchesAlone(rules, [text, text]));
  });

  it('whose states do not come back are found the same, in bounded time and memory', () => {
    let state = 1;
    const letters = Array.from({ length: 20_000 }, (_, at) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return at % 999 === 0 ? '1' : state >>> 31 === 0 ? 'a' : 'b';
    }).join('');
    const rules = [
      ...Array.from({ length: 12 }, (_, n) => rule(`(?:a|b)*a(?:a|b){${10 + n}}[0-9]`)),
      ...Array.from({ length: 12 }, (_, n) => rule(`a[ab]{${40 + n}}b`)),
      rule('ba[ab]{30}(?:ab|ba)*a[ab]{12}1'),
      rule('[0-9]'),
    ];
    const texts = [letters, 'a 1', letters.slice(0, 3_000)];
    expect(matchesOfSet(rules, texts)).toEqual(matchesAlone(rules, texts));
  }, 60_000);
});
