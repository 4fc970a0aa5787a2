import { letterTable } from './letter-table.ts';

/** Frequent words that few other languages have. */
const WORDS: Readonly<Record<string, string>> = {
  de: 'und der die das ist nicht mit für auf wir sie ein eine von zu werden oder unser uns auch',
  en: 'the and of to is with for our you your we are this that from have be will or at',
  fr: 'le la les des et est une pour dans vous nous avec sur votre notre pas du au qui sont',
  es: 'el los las y una para con por que su nuestro del es más como sus en está son nuestra',
  it: 'il di che è per una con del della sono nostro gli alla dei più le anche nel nostra questo',
  nl: 'het een van en met voor ons onze zijn wij niet op aan dat bij ook uw naar worden kunt',
  pt: 'não uma para com os as do da em que seu nosso mais são dos você nossa ao pela também',
  pl: 'i w na z do się jest nie oraz dla od przez nasz są to jak po naszej lub może',
  sv: 'och att det som är för på med av vi till inte ett har din våra du eller kan oss',
  da: 'og det er til af på med vi ikke en har som din vores kan du eller fra være os',
  nb: 'og det er til av på med vi ikke en har som din våre kan du eller fra være oss',
  fi: 'ja on ei että se mutta ovat kuin tai meidän sekä myös voit olemme kanssa mukaan',
  cs: 'a v na je se že pro s z do jsme nebo jako naše jsou ve které také vás od',
  hu: 'a az és hogy nem is egy meg van csak vagy mint ha még el kell lehet vagyunk ön',
  ro: 'și de la în cu pentru este nu din care sunt sau mai pe noastre ne să ce al ale',
  tr: 've bir bu için ile de da olarak çok daha en gibi olan veya sizin bizim kadar',
  id: 'dan yang di untuk dengan ini kami dari adalah dalam anda pada akan atau kepada tidak',
};
const LANGUAGES = Object.keys(WORDS);

/** A word, and of which languages it is, as indexes. */
interface Word {
  readonly word: string;
  readonly languages: number[];
}
/** Words by their hash, so that none is made of a text to look it up. */
const SLOTS = 1_024;
const slots: Word[][] = Array.from({ length: SLOTS }, () => []);
LANGUAGES.forEach((language, index) => {
  for (const word of (WORDS[language] ?? '').split(' ')) {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = hashUnit(hash, word.charCodeAt(i));
    const slot = slots[hash & (SLOTS - 1)] as Word[];
    const known = slot.find((entry) => entry.word === word);
    if (known === undefined) slot.push({ word, languages: [index] });
    else known.languages.push(index);
  }
});

function hashUnit(hash: number, unit: number): number {
  return (Math.imul(hash, 37) + unit) | 0;
}

/** Scripts that are of one language, or mostly. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
];
const UNITS_READ = 4_000;

/** The language that a text is in, by its script and its frequent words; null where that is not clear. */
export function guessLanguage(text: string): string | null {
  const part = text.slice(0, UNITS_READ);
  if (part.length < 20) return null;
  if (/[\u0250-\u1fff\u2300-\uffff]/.test(part)) {
    for (const [language, letters] of SCRIPTS)
      if ((part.match(letters)?.length ?? 0) > part.length * 0.1) return language;
    const cyrillic = part.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
    if (cyrillic > part.length * 0.3) return /[іїєґ]/i.test(part) ? 'uk' : 'ru';
  }
  const { counts, words } = countWords(part.toLowerCase());
  let first = 0;
  for (let index = 1; index < counts.length; index++)
    if ((counts[index] as number) > (counts[first] as number)) first = index;
  const most = counts[first] as number;
  if (most < 4 || most < words * 0.05) return null;
  const isUnsure = counts.some((count, index) => index !== first && count > most * 0.85);
  return isUnsure ? null : (LANGUAGES[first] ?? null);
}

/** How many words of each language a text in small letters has, and how many words in all. */
function countWords(text: string): { counts: Uint32Array; words: number } {
  const letters = letterTable();
  const counts = new Uint32Array(LANGUAGES.length);
  let words = 1;
  let start = 0;
  let hash = 0;
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0;
    if (letters[unit] === 1) {
      hash = hashUnit(hash, unit);
      continue;
    }
    if (at > start) {
      for (const { word, languages } of slots[hash & (SLOTS - 1)] as Word[])
        if (word.length === at - start && text.startsWith(word, start))
          for (const language of languages) counts[language] = (counts[language] as number) + 1;
    }
    // What stands between two words counts once, however long it is.
    if (at < text.length && (at > start || at === 0)) words++;
    start = at + 1;
    hash = 0;
  }
  return { counts, words };
}
