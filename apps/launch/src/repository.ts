import path from 'node:path';

/** The folder of the checkout, from which the parts of the stack are started. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../../..');
