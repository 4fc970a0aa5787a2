/** Codes that name no language (ISO 639-2): undetermined, several, none, uncoded. */
const NO_LANGUAGE = new Set(['und', 'mul', 'zxx', 'mis']);
/** Codes that were replaced (IANA language subtag registry). */
const REPLACED: Readonly<Record<string, string>> = { iw: 'he', in: 'id', ji: 'yi' };

/** The first of what a page says of its language that is a tag (BCP 47): language and region, in their usual case. */
export function languageOf(sayings: readonly (string | null | undefined)[]): string | null {
  for (const saying of sayings) {
    const tag = languageTag(saying ?? '');
    if (tag !== null) return tag;
  }
  return null;
}

/** Of a list of languages the first counts. */
function languageTag(saying: string): string | null {
  const [tag = ''] = saying.split(/[,;]/, 1);
  const [code = '', ...rest] = tag.trim().replaceAll('_', '-').split('-');
  const written = code.toLowerCase();
  if (!/^[a-z]{2,3}$/.test(written) || NO_LANGUAGE.has(written)) return null;
  const language = REPLACED[written] ?? written;
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part));
  return region === undefined ? language : `${language}-${region.toUpperCase()}`;
}
