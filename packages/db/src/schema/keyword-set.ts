import type { KeywordRule } from '@domainflow/domain/keyword/keyword-rule.ts';
import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, updatedAt, uuidv7Key } from './columns.ts';

export const keywordSets = pgTable('keyword_sets', {
  id: uuidv7Key(),
  name: text('name').notNull().unique(),
  description: text('description').notNull().default(''),
  rules: jsonb('rules').$type<KeywordRule[]>().notNull(),
  version: integer('version').notNull().default(1),
  createdBy: uuid('created_by').references(() => users.id),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});
