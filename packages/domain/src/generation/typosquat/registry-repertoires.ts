/** The letters beyond a–z that a registry takes below one suffix. No label may mix scripts. */
export interface Repertoire {
  /** Letters of the Latin script. */
  readonly latin: string;
  /** Letters of other scripts that are allowed in labels wholly of that script. */
  readonly cyrillic: string;
  readonly greek: string;
}

/** All letters from `first` to `last` but those of `without`. */
function letters(first: number, last: number, without = ''): string {
  const points = Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at));
  return points
    .filter((letter) => /^\p{Ll}$/u.test(letter) && !/^\p{CWKCF}$/u.test(letter) && !without.includes(letter))
    .join('');
}

/** à to ÿ without the division sign. */
const LATIN_1 = letters(0xe0, 0xff);
const LATIN_EXTENDED_A = letters(0x100, 0x17f);
/** Latin-1, Extended-A and -B, IPA, Extended Additional: what the Latin tables of Verisign hold of look-alikes. */
const ALL_LATIN = `ß${LATIN_1}${LATIN_EXTENDED_A}${letters(0x180, 0x24f)}${letters(0x250, 0x2af)}${letters(0x1e00, 0x1eff)}`;
const ALL_CYRILLIC = letters(0x430, 0x52f);
const ALL_GREEK = letters(0x3ac, 0x3ce);
const BULGARIAN = 'абвгдежзийклмнопрстуфхцчшщъьюя';
const UKRAINIAN = 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя';

const repertoire = (latin: string, cyrillic = '', greek = ''): Repertoire => ({ latin, cyrillic, greek });

const VERISIGN = repertoire(ALL_LATIN, ALL_CYRILLIC, ALL_GREEK);
const AFNIC = repertoire('ßàáâãäåæçèéêëìíîïñòóôõöùúûüýÿœ');
const SWITCH = repertoire(`${LATIN_1}œ`);
/** Danish, German, Hungarian, Icelandic, Latvian, Lithuanian, Polish, Spanish, Swedish. */
const NORTHERN_AND_CENTRAL = 'äåæéöøüáíóőúűðýþāēīūōķļņŗģščžąęįųėćłńśźżñ';

/** Registries without IDN: the empty table says so, where a missing one says that nothing is known. */
const NONE = repertoire('');

const TABLES: Readonly<Record<string, Repertoire>> = {
  com: VERISIGN,
  net: VERISIGN,
  cc: VERISIGN,
  tv: VERISIGN,
  name: VERISIGN,
  org: repertoire(NORTHERN_AND_CENTRAL, `${letters(0x430, 0x45f)}ґ`),
  info: repertoire(NORTHERN_AND_CENTRAL),
  cat: repertoire('àéèíïóòúüç'),
  eu: repertoire(`ß${LATIN_1}${LATIN_EXTENDED_A}șț`.replace('ĸ', ''), BULGARIAN, ALL_GREEK),
  de: repertoire(`ß${LATIN_1}${LATIN_EXTENDED_A}`),
  at: repertoire(`${LATIN_1}œšž`),
  ch: SWITCH,
  li: SWITCH,
  fr: AFNIC,
  re: AFNIC,
  pm: AFNIC,
  yt: AFNIC,
  wf: AFNIC,
  tf: AFNIC,
  be: repertoire(`ß${LATIN_1}œ`),
  it: repertoire('ßàâäèéêëìîïòôöùûüæœçÿ'),
  es: repertoire('áàéèíïóòúüñç'),
  pt: repertoire('àáâãçéêíóôõú'),
  br: repertoire('àáâãçéêíóôõúü'),
  pl: repertoire(`ß${LATIN_1}${LATIN_EXTENDED_A}`, letters(0x430, 0x45f), ALL_GREEK),
  se: repertoire('åäöéüæøáíóúýðþčđŋšŧž'),
  nu: repertoire(LATIN_1),
  dk: repertoire('æøåöäüé'),
  no: repertoire('áàäčçđéèêŋńñóòôöšŧüžæøå'),
  fi: repertoire('áâäåčđǥǧǩŋõöšŧžʒǯ'),
  is: repertoire('áéýúíóþæöð'),
  ee: repertoire('šžõäöü'),
  lv: repertoire('āčēģīķļņōŗšūž'),
  lt: repertoire('ąčęėįšųūž'),
  hu: repertoire('áéíóöőúüű'),
  ro: repertoire('ăâîșț'),
  tr: repertoire('çğıöşü'),
  ca: repertoire('éëêèâàæôœùûüçîïÿ'),
  gr: repertoire('', '', ALL_GREEK),
  bg: repertoire('', BULGARIAN),
  ua: repertoire('', UKRAINIAN),
  su: repertoire('', letters(0x430, 0x451)),
  cz: NONE,
  sk: NONE,
  nl: NONE,
  uk: NONE,
  us: NONE,
  ru: NONE,
};

/**
 * What the registry of a suffix allows beyond ASCII; null where it is not known, and then nothing beyond ASCII is made of
 * it. Of suffixes of several labels (`com.tr`) the registry is that of the last.
 *
 * Source: the registries' own character lists as they have published them (DENIC's 93 letters, nic.at's 34, SWITCH's 32,
 * AFNIC's 30, Traficom's, Norid's, Punktum dk's, IANA's repository of IDN tables and so on), written down per script
 * and not per language: where a registry asks for one language a label (`org`, `info`, `com`) this is their union, so a few
 * names may be refused on registration, and none that look alike within a script are left out for that.
 */
export const repertoireOf = (suffix: string): Repertoire | null =>
  TABLES[suffix.slice(suffix.lastIndexOf('.') + 1)] ?? null;
