import { classifyParked } from '../../content/classify-parked.ts';
import type { PageFeatures } from '../../content/page-features.ts';
import { type ParkedGrounds } from '../../content/parked-grounds.ts';
import { storableText } from '../../content/storable-text.ts';
import type { Evidence } from '../phase.ts';

/** Why a page is thought to hold a place only, as it stands in the evidence; `{}` where it is not. */
export function parkedEvidence(page: PageFeatures, grounds: ParkedGrounds): Evidence {
  const { isParked, reasons } = classifyParked(page, grounds);
  return isParked ? { parked: reasons.map((reason) => storableText(reason, 200)) } : {};
}
