import { compileKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { type KeywordRule, keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { readOptions } from './read-options.ts';

const HELP = `bench:match [--seconds S] [--mega-bytes N]
Matches 1,000 keyword rules against text of 1 MB (or N) each, and prints the speed for literal rules only, for 1, 10, 50
and 100 % regular expressions, for 1 and 10 % of expressions that hold no literal, how the cost grows from 100 to 1,000 rules
and from 1 MB to 4 MB, and how long 1,000 rules take to be made ready.`;

const values = readOptions(HELP, {
  seconds: { type: 'string', default: '2' },
  'mega-bytes': { type: 'string', default: '1' },
});
const seconds = Number(values.seconds);
const megaBytes = Number(values['mega-bytes']);

/** A generator of numbers below `bound`, the same in each run. */
function dice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
}

const SYLLABLES =
  'an ber cor da el fir ga ho in ja ker lo ma nor or pel qui ra sen ta un ver wal xe yor zen tion ment ung heit schaft able ing'.split(
    ' ',
  );

/** Words of two to four syllables; the frequent ones come first. */
function vocabulary(size: number): string[] {
  const roll = dice(7);
  const words = new Set<string>();
  while (words.size < size) {
    words.add(Array.from({ length: 2 + roll(3) }, () => SYLLABLES[roll(SYLLABLES.length)]).join(''));
  }
  return [...words];
}

const words = vocabulary(20_000);

/** Prose of so many characters: words drawn as in a language, a number, price or address here and there. */
function prose(length: number): string {
  const roll = dice(11);
  const parts: string[] = [];
  for (let units = 0; units < length; ) {
    const dealt = roll(200);
    const word = words[Math.floor(words.length * (roll(1_000_000) / 1_000_000) ** 4)] as string;
    const part =
      dealt === 0
        ? `${roll(10_000)},${roll(90) + 10} EUR. `
        : dealt === 1
          ? `info@${word}.de, `
          : dealt < 12
            ? `${word[0]?.toUpperCase()}${word.slice(1)}. `
            : `${word} `;
    parts.push(part);
    units += part.length;
  }
  return parts.join('').slice(0, length);
}

/** What people write as expressions: endings, alternatives, spellings, amounts. */
function expression(index: number): string {
  const a = words[(index * 37 + 500) % words.length] as string;
  const b = words[(index * 53 + 900) % words.length] as string;
  const kinds = [
    `${a}(?:s|en|er)?`,
    `(?:${a}|${b})`,
    `${a}\\s+${b}`,
    `${a}[- ]?${b}`,
    `${a}\\w*`,
    `\\d+(?:[.,]\\d+)?\\s?(?:EUR|USD)\\s${b}`,
    `${a.slice(0, 4)}[a-z]{1,4}${b.slice(-3)}`,
  ];
  return kinds[index % kinds.length] as string;
}

/** Expressions of amounts, numbers and codes: no match of theirs has to hold a certain word. */
function numberExpression(index: number): string {
  const least = 1 + (index % 5);
  const most = least + 1 + (index % 7);
  const unit = (words[(index * 29 + 300) % words.length] as string)[0] as string;
  const kinds = [
    `\\d{${least}}-\\d{${most}}`,
    `[A-Z]{${least}}\\d{${most}}`,
    `\\d{${least},${most}}[,.]\\d{2} ?[A-Z]{3}`,
    `[${unit}x]{1,2}\\d{${most}}`,
    `\\b\\d{${most}}\\s?[a-z]\\b`,
    `[A-Z][a-z]{${most + 9}}\\.`,
    `(?:[0-9a-f]{2}:){${least}}[0-9a-f]{2}`,
    `[${unit}]{2}[aeiou]{${least}}[^a-z]`,
  ];
  return kinds[index % kinds.length] as string;
}

const ruleSet = (count: number, regexes: number, expressionOf = expression): KeywordRule[] =>
  Array.from({ length: count }, (_, index) =>
    keywordRuleSchema.parse(
      index < regexes
        ? { pattern: expressionOf(index), kind: 'regex' }
        : // Rules are about a trade, so most of their words are rare: of ten, one is frequent.
          { pattern: words[index % 10 === 0 ? index : 2_000 + index * 17] },
    ),
  );

interface Run {
  readonly megaBytesPerSecond: number;
  readonly secondsEach: number;
  readonly matches: number;
  readonly compileMs: number;
}

function measure(rules: readonly KeywordRule[], text: string): Run {
  const compiledAt = performance.now();
  const matcher = compileKeywords(rules);
  const compileMs = performance.now() - compiledAt;
  const bytes = new TextEncoder().encode(text).byteLength;
  let matches = 0;
  for (const warmUp = performance.now(); performance.now() - warmUp < 500; ) {
    matches = matcher.matchText(text).reduce((sum, { count }) => sum + count, 0);
  }
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  let runs = 0;
  while (performance.now() - startedAt < seconds * 1_000) {
    matcher.matchText(text);
    runs++;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  const secondsEach = (user + system) / 1e6 / runs;
  return { megaBytesPerSecond: bytes / 1e6 / secondsEach, secondsEach, matches, compileMs };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const text = prose(megaBytes * 1_000_000);
const runs = {
  literals: measure(ruleSet(1_000, 0), text),
  onePercentRegex: measure(ruleSet(1_000, 10), text),
  tenPercentRegex: measure(ruleSet(1_000, 100), text),
  halfRegex: measure(ruleSet(1_000, 500), text),
  allRegex: measure(ruleSet(1_000, 1_000), text),
  onePercentNoLiteral: measure(ruleSet(1_000, 10, numberExpression), text),
  tenPercentNoLiteral: measure(ruleSet(1_000, 100, numberExpression), text),
};
const mix = runs.onePercentRegex;
const fewRules = measure(ruleSet(100, 1), text);
const longPage = measure(ruleSet(1_000, 10), prose(megaBytes * 4_000_000));
for (const [name, run] of Object.entries(runs)) {
  console.log(
    `${name.padEnd(20)} ${run.megaBytesPerSecond.toFixed(1)} MB/s, ${run.matches} matches in a page, made ready in ${Math.round(run.compileMs)} ms`,
  );
}
console.log(
  JSON.stringify({
    bench: 'match',
    rules: 1_000,
    megaBytes,
    perSecond: round(mix.megaBytesPerSecond),
    literalsPerSecond: round(runs.literals.megaBytesPerSecond),
    onePercentRegexPerSecond: round(mix.megaBytesPerSecond),
    tenPercentRegexPerSecond: round(runs.tenPercentRegex.megaBytesPerSecond),
    halfRegexPerSecond: round(runs.halfRegex.megaBytesPerSecond),
    allRegexPerSecond: round(runs.allRegex.megaBytesPerSecond),
    onePercentNoLiteralPerSecond: round(runs.onePercentNoLiteral.megaBytesPerSecond),
    tenPercentNoLiteralPerSecond: round(runs.tenPercentNoLiteral.megaBytesPerSecond),
    compileMs: round(mix.compileMs),
    allRegexCompileMs: round(runs.allRegex.compileMs),
    costOfTenTimesTheRules: round(mix.secondsEach / fewRules.secondsEach),
    costOfFourTimesThePage: round(longPage.secondsEach / mix.secondsEach),
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
  }),
);
