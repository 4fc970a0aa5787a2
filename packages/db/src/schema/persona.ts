import { boolean, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, updatedAt, uuidv7Key } from './columns.ts';

export const personas = pgTable(
  'personas',
  {
    id: uuidv7Key(),
    kind: text('kind', { enum: ['dns', 'http'] }).notNull(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    config: jsonb('config').$type<Record<string, unknown>>().notNull(),
    /** Used where a campaign names none; at most one of a kind. */
    isDefault: boolean('is_default').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [unique('personas_kind_name').on(table.kind, table.name)],
);
