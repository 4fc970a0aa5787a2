import { wordLists } from '@domainflow/db/schema/word-list.ts';
import { lockForEdit } from '../rows/row-by-id.ts';

/** The list, locked, where the actor may change it. */
export const lockWordList = lockForEdit(wordLists, 'word list');
