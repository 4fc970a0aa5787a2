import type { TechnologyFingerprint } from '@domainflow/domain/content/technology/fingerprint.ts';
import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, uuidv7Key } from './columns.ts';

/** Fingerprints that an operator brought. They never change: another file is another import. */
export const technologyImports = pgTable('technology_imports', {
  id: uuidv7Key(),
  name: text('name').notNull().unique(),
  /** Technologies that were taken, and patterns of theirs. */
  technologies: integer('technologies').notNull(),
  patterns: integer('patterns').notNull(),
  /** Technologies and patterns that were not, by reason, and the first of them. */
  refusals: jsonb('refusals')
    .$type<{
      technologies: Record<string, number>;
      patterns: Record<string, number>;
      examples: { technology: string; where: string; reason: string }[];
    }>()
    .notNull(),
  fingerprints: jsonb('fingerprints').$type<Record<string, TechnologyFingerprint>>().notNull(),
  createdBy: uuid('created_by').references(() => users.id),
  createdAt: createdAt(),
});
