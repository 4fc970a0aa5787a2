import { deleteTechnologyImport } from './delete-import.ts';
import { importTechnologies } from './import-technologies.ts';
import { listTechnologyImports } from './list-imports.ts';
import { listTechnologies } from './list-technologies.ts';
import { tryTechnologies } from './try-technologies.ts';

export const technologyOperations = {
  list: listTechnologies,
  import: importTechnologies,
  listImports: listTechnologyImports,
  deleteImport: deleteTechnologyImport,
  try: tryTechnologies,
};
