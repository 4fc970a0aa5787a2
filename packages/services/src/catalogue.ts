import { authOperations } from './accounts/operations.ts';
import type { AnyOperation } from './operation.ts';
import { systemOperations } from './system/operations.ts';

/** Every operation of the platform, by entity. tRPC, REST and the OpenAPI document are made from it. */
export const catalogue = {
  auth: authOperations,
  system: systemOperations,
};

export type Catalogue = typeof catalogue;

/** All operations in one list. */
export const allOperations: readonly AnyOperation[] = Object.values(catalogue).flatMap(
  (entity: Readonly<Record<string, AnyOperation>>) => Object.values(entity),
);
