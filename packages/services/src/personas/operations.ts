import { createPersona } from './create-persona.ts';
import { deletePersona } from './delete-persona.ts';
import { getPersona } from './get-persona.ts';
import { listPersonas } from './list-personas.ts';
import { testConfig } from './test-config.ts';
import { testPersona } from './test-persona.ts';
import { updatePersona } from './update-persona.ts';

export const personaOperations = {
  list: listPersonas,
  get: getPersona,
  create: createPersona,
  update: updatePersona,
  delete: deletePersona,
  test: testPersona,
  testConfig,
};
