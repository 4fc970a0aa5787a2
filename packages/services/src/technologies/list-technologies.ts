import { OWN_FINGERPRINTS } from '@domainflow/domain/content/technology/own-fingerprints.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { currentImportIds, fingerprintsWith } from './technology-sets.ts';

export const listTechnologies = query({
  name: 'technologies.list',
  summary: 'Technologies that analysis knows, by name: the platform’s own and imported ones',
  rest: { method: 'GET', path: '/technologies' },
  access: 'member',
  input: z.object({
    ...pagingInput,
    search: z.string().trim().max(100).optional(),
    category: z.string().trim().max(60).optional(),
    source: z.enum(['own', 'imported']).optional(),
  }),
  output: pageOf(
    z.object({
      name: z.string(),
      categories: z.array(z.string()),
      website: z.string().nullable(),
      source: z.enum(['own', 'imported']),
      implies: z.array(z.string()),
    }),
  ),

  async run({ db }, { limit, offset, cursor, order, search, category, source }) {
    const { set } = await fingerprintsWith(db, await currentImportIds(db));
    const wanted = search?.toLowerCase();
    const all = Object.entries(set)
      .map(([name, { categories = [], website = null, implies = [] }]) => ({
        name,
        categories: [...categories],
        website,
        source: Object.hasOwn(OWN_FINGERPRINTS, name) ? ('own' as const) : ('imported' as const),
        implies: implies.map((item) => item.split('\\;')[0] ?? ''),
      }))
      .filter(
        (item) =>
          (wanted === undefined || item.name.toLowerCase().includes(wanted)) &&
          (category === undefined ||
            item.categories.some((each) => each.toLowerCase() === category.toLowerCase())) &&
          (source === undefined || item.source === source),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1) * (order === 'asc' ? 1 : -1));
    const last = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.string()]))[0];
    const isBeyond = (name: string): boolean =>
      last !== null && (order === 'asc' ? name > last : name < last);
    const found = last === null ? offset : all.findIndex(({ name }) => isBeyond(name));
    const from = found < 0 ? all.length : found;
    const { rows: items, nextCursor } = cutPage(all.slice(from), limit, ({ name }) => [name]);
    return { items, nextCursor, total: all.length, totalExact: true };
  },
});
