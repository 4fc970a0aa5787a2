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
const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(WORDS))
  for (const word of words.split(' ')) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);

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
  const counts = new Map<string, number>();
  const words = part.toLowerCase().split(/[^\p{L}]+/u);
  for (const word of words)
    for (const language of LANGUAGES_OF.get(word) ?? [])
      counts.set(language, (counts.get(language) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (first === undefined || first[1] < 4 || first[1] < words.length * 0.05) return null;
  return second !== undefined && second[1] > first[1] * 0.85 ? null : first[0];
}
