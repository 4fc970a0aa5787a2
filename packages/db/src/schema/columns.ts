import { sql } from 'drizzle-orm';
import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** An instant, as an ISO 8601 string with its offset. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, mode: 'string', precision: 3 });

export const createdAt = () => instant('created_at').notNull().defaultNow();
export const updatedAt = () => instant('updated_at').notNull().defaultNow();

/** A UUIDv7 made by the database: keys in the order of creation. */
export const uuidv7Key = () => uuid('id').primaryKey().default(sql`uuidv7()`);
