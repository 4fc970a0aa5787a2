import { createKeywordSet } from './create-keyword-set.ts';
import { deleteKeywordSet } from './delete-keyword-set.ts';
import { getKeywordSet } from './get-keyword-set.ts';
import { listKeywordSets } from './list-keyword-sets.ts';
import { tryKeywords } from './try-keywords.ts';
import { updateKeywordSet } from './update-keyword-set.ts';

export const keywordSetOperations = {
  list: listKeywordSets,
  get: getKeywordSet,
  create: createKeywordSet,
  update: updateKeywordSet,
  delete: deleteKeywordSet,
  try: tryKeywords,
};
