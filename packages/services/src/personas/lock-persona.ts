import { personas } from '@domainflow/db/schema/persona.ts';
import { lockForEdit } from '../rows/row-by-id.ts';

/** The persona, locked, where the actor may change it. */
export const lockPersona = lockForEdit(personas, 'persona');
