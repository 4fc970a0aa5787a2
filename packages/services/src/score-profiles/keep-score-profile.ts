import type { Database, Transaction } from '@domainflow/db/client.ts';
import { scoreProfiles, scoreProfileVersions } from '@domainflow/db/schema/score-profile.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { type ScoreProfile, scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import { eq } from 'drizzle-orm';
import { missingRow } from '../rows/missing-row.ts';

export interface KeptProfile {
  readonly id: string;
  readonly version: number;
  readonly weights: ScoreProfile;
}

/**
 * The profile (null: the default one) as it is now, whose weights stay readable for what is scored with them.
 * `INVALID_INPUT` on `scoreProfileId` where there is none.
 */
export async function keepScoreProfile(db: Database | Transaction, id: string | null): Promise<KeptProfile> {
  const [row] = await db
    .select()
    .from(scoreProfiles)
    .where(id === null ? eq(scoreProfiles.isDefault, true) : eq(scoreProfiles.id, id));
  if (row === undefined) {
    if (id !== null) throw await missingRow(db, 'score_profile', 'score profile', id, 'scoreProfileId');
    throw invalidInput('There is no default score profile: name one.', 'scoreProfileId');
  }
  const weights = scoreProfileSchema.parse(row.weights);
  await db
    .insert(scoreProfileVersions)
    .values({ profileId: row.id, version: row.version, name: row.name, weights })
    .onConflictDoNothing();
  return { id: row.id, version: row.version, weights };
}
