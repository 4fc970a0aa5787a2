import type { ScoreProfile } from '@domainflow/domain/scoring/score-profile.ts';
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './account.ts';
import { createdAt, updatedAt, uuidv7Key } from './columns.ts';

export const scoreProfiles = pgTable('score_profiles', {
  id: uuidv7Key(),
  name: text('name').notNull().unique(),
  description: text('description').notNull().default(''),
  weights: jsonb('weights').$type<ScoreProfile>().notNull(),
  /** Used where a campaign names none; exactly one. */
  isDefault: boolean('is_default').notNull().default(false),
  version: integer('version').notNull().default(1),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** Weights as they were when something was scored with them; kept when the profile changes or goes. */
export const scoreProfileVersions = pgTable(
  'score_profile_versions',
  {
    profileId: uuid('profile_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    weights: jsonb('weights').$type<ScoreProfile>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.profileId, table.version] })],
);
