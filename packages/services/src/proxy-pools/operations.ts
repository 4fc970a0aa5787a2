import { checkPool } from './check-pool.ts';
import { createPool } from './create-pool.ts';
import { deletePool } from './delete-pool.ts';
import { getPool } from './get-pool.ts';
import { listPools } from './list-pools.ts';
import { updatePool } from './update-pool.ts';

export const proxyPoolOperations = {
  list: listPools,
  get: getPool,
  create: createPool,
  update: updatePool,
  delete: deletePool,
  healthCheck: checkPool,
};
