import { proxies } from '@domainflow/db/schema/proxy.ts';
import { lockForEdit } from '../rows/row-by-id.ts';

/** The proxy, locked, where the actor may change it. */
export const lockProxy = lockForEdit(proxies, 'proxy');
