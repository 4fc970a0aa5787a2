/**
 * The code points that IDNA2008 allows in a U-label, those with a rule on their context included: RFC 5892, section 3,
 * by the Unicode properties of the runtime. `CWKCF` are the unstable ones (section 2.2); then follow ignorable properties
 * and blocks (2.3, 2.4), conjoining Hangul Jamo (2.9) and the exceptions (2.6).
 */
const ALLOWED =
  /^(?:[\p{Ll}\p{Lu}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}-](?<![\u302e-\u302f\p{CWKCF}\p{DI}\p{White_Space}\p{NChar}\u20d0-\u20ff\u{1d100}-\u{1d1ff}\u{1d200}-\u{1d24f}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u3031-\u3035\u0640\u07fa\u303b])|[\u200c-\u200d\u00df\u03c2\u06fd\u06fe\u0f0b\u3007\u00b7\u0375\u05f3\u05f4\u30fb])+$/u;

const CONTEXTUAL = /[\u00b7\u0375\u05f3\u05f4\u30fb\u0660-\u0669\u06f0-\u06f9]/;
/** RFC 5892, appendix A.3 to A.9: what has to stand next to a code point, or in the same label. */
const OUT_OF_CONTEXT = [
  /(?<!l)\u00b7|\u00b7(?!l)/u,
  /\u0375(?!\p{Script=Greek})/u,
  /(?<!\p{Script=Hebrew})[\u05f3\u05f4]/u,
  /^(?=.*\u30fb)[^\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]*$/u,
  /[\u0660-\u0669].*[\u06f0-\u06f9]|[\u06f0-\u06f9].*[\u0660-\u0669]/u,
];

/** Whether every code point of `unicode` may stand in some U-label. */
export const hasIdnaCharacters = (unicode: string): boolean => ALLOWED.test(unicode);

/**
 * Whether the code points of a label are allowed where they stand (RFC 5891, section 4.2.2 to 4.2.3.3). Normal form, leading
 * combining marks, joiners (CONTEXTJ) and the Bidi rule are checked by the runtime's UTS 46: see `toALabel`.
 */
export function isIdnaLabel(unicode: string): boolean {
  if (!ALLOWED.test(unicode)) return false;
  return !CONTEXTUAL.test(unicode) || !OUT_OF_CONTEXT.some((rule) => rule.test(unicode));
}
