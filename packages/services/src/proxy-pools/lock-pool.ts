import { proxyPools } from '@domainflow/db/schema/proxy.ts';
import { lockForEdit } from '../rows/row-by-id.ts';

/** The pool, locked, where the actor may change it. */
export const lockPool = lockForEdit(proxyPools, 'proxy pool');
