import { technologyImports } from '@domainflow/db/schema/technology-import.ts';
import { asc, getTableColumns } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { technologyImportOf, technologyImportSchema } from './views.ts';

const { fingerprints: _content, ...columns } = getTableColumns(technologyImports);

export const listTechnologyImports = query({
  name: 'technologies.listImports',
  summary: 'Imported sets of fingerprints, with what was refused of them',
  rest: { method: 'GET', path: '/technologies/imports' },
  access: 'member',
  input: z.object({}),
  output: z.object({ items: z.array(technologyImportSchema) }),

  async run({ db }) {
    const rows = await db.select(columns).from(technologyImports).orderBy(asc(technologyImports.id));
    return { items: rows.map(technologyImportOf) };
  },
});
