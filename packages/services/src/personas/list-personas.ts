import { personas } from '@domainflow/db/schema/persona.ts';
import { and, asc, count, desc, eq, ilike, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { containing } from '../rows/like-pattern.ts';
import { cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { PERSONA_KINDS } from './config-schemas.ts';
import { personaViewOf, personaViewSchema } from './views.ts';

export const listPersonas = query({
  name: 'personas.list',
  summary: 'Personas by name',
  rest: { method: 'GET', path: '/personas' },
  access: 'member',
  input: z.object({
    ...pagingInput,
    kind: z.enum(PERSONA_KINDS).optional(),
    search: z.string().trim().max(100).optional(),
  }),
  output: pageOf(personaViewSchema),

  async run({ db }, { limit, offset, cursor, order, kind, search }) {
    const matching = and(
      kind === undefined ? undefined : eq(personas.kind, kind),
      search ? ilike(personas.name, containing(search)) : undefined,
    );
    const direction = order === 'asc' ? asc : desc;
    const rows = await db
      .select()
      .from(personas)
      .where(and(matching, cursor === undefined ? undefined : beyond(cursor, order)))
      .orderBy(direction(personas.name), direction(personas.id))
      .limit(limit + 1)
      .offset(cursor === undefined ? offset : 0);
    const [counted] = await db.select({ total: count() }).from(personas).where(matching);
    const page = cutPage(rows, limit, ({ name, id }) => [name, id]);
    return {
      items: page.rows.map(personaViewOf),
      nextCursor: page.nextCursor,
      total: counted?.total ?? 0,
      totalExact: true,
    };
  },
});

function beyond(cursor: string, order: 'asc' | 'desc'): SQL {
  const [name, id] = decodeCursor(cursor, z.tuple([z.string(), z.uuid()]));
  const position = sql`(${personas.name}, ${personas.id})`;
  return order === 'asc'
    ? sql`${position} > (${name}, ${id}::uuid)`
    : sql`${position} < (${name}, ${id}::uuid)`;
}
