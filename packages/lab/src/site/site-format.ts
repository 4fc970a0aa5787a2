import { Dice, draw } from '../hash.ts';
import type { PagePlan } from './page-plan.ts';
import type { SiteKind } from './site-kind.ts';

export type LabCharset = 'utf-8' | 'windows-1252' | 'iso-8859-2' | 'shift_jis';

/** How a site's page goes over the wire. */
export interface SiteFormat {
  charset: LabCharset;
  /** Where the charset is declared. */
  declaredIn: 'header' | 'meta' | 'both';
  /** The content coding, where the client accepts it. */
  encoding: 'identity' | 'gzip' | 'br';
  /** How the end of the body is told: length, chunks, or the end of the connection. */
  framing: 'length' | 'chunked' | 'close';
}

const SALT_FORMAT = 0xe0;

/** Decides the form of a site's page: one in eight is not in UTF-8. `contact` sites are always in UTF-8. */
export function formatOf(page: PagePlan, hash: number, kind: SiteKind): SiteFormat {
  const dice = new Dice(draw(hash, SALT_FORMAT));
  const legacy = dice.chance(0.125) && kind !== 'contact';
  const encoding = dice.unit();
  const framing = dice.unit();
  return {
    charset: legacy ? page.locale.legacyCharset : 'utf-8',
    declaredIn: dice.pick(['header', 'meta', 'both'] as const),
    encoding: encoding < 0.55 ? 'identity' : encoding < 0.88 ? 'gzip' : 'br',
    framing: framing < 0.7 ? 'length' : framing < 0.95 ? 'chunked' : 'close',
  };
}
