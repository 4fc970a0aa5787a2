import { createSuppressions } from './create-suppressions.ts';
import { deleteSuppression } from './delete-suppression.ts';
import { listSuppressions } from './list-suppressions.ts';

export const suppressionOperations = {
  list: listSuppressions,
  create: createSuppressions,
  delete: deleteSuppression,
};
