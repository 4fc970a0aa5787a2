import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { lockForEdit } from '../rows/row-by-id.ts';

/** The set, locked, where the actor may change it. */
export const lockKeywordSet = lockForEdit(keywordSets, 'keyword set');
