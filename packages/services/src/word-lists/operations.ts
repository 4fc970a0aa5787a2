import { createWordList } from './create-word-list.ts';
import { deleteWordList } from './delete-word-list.ts';
import { getWordList } from './get-word-list.ts';
import { listWordLists } from './list-word-lists.ts';
import { updateWordList } from './update-word-list.ts';

export const wordListOperations = {
  list: listWordLists,
  get: getWordList,
  create: createWordList,
  update: updateWordList,
  delete: deleteWordList,
};
