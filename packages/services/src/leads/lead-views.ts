import type { Database, Transaction } from '@domainflow/db/client.ts';
import type { leads } from '@domainflow/db/schema/lead.ts';
import { scoreProfileVersions } from '@domainflow/db/schema/score-profile.ts';
import type { Contact, ScorePart } from '@domainflow/domain/scoring/lead-findings.ts';
import { scoreLead } from '@domainflow/domain/scoring/score-lead.ts';
import { type ScoreProfile, scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { leadViewSchema } from '../campaigns/views.ts';
import { findSuppressed } from '../suppressions/find-suppressed.ts';
import { withoutValues } from '../suppressions/without-values.ts';

type LeadRow = typeof leads.$inferSelect;
type LeadView = z.input<typeof leadViewSchema>;

/**
 * Leads as the API gives them, in the order of the rows: parts of their scores told anew where they have been scored
 * again, and without what is suppressed.
 */
export async function leadViews(db: Database | Transaction, rows: readonly LeadRow[]): Promise<LeadView[]> {
  if (rows.length === 0) return [];
  const profiles = await profilesOf(db, rows);
  const suppressed = await findSuppressed(db, [
    ...rows.map(({ domain }) => domain),
    ...rows.flatMap(({ contacts }) => contacts.map(emailOf).filter((value) => value !== null)),
  ]);
  return rows.map((row) => {
    const view = viewOf(row, profiles);
    const isSuppressed = suppressed.has(row.domain);
    const hidden = row.contacts.filter((contact) => isSuppressed || suppressed.has(emailOf(contact) ?? ''));
    if (!isSuppressed && hidden.length === 0) return view;
    const kept = row.contacts.filter((contact) => !hidden.includes(contact));
    const { scoreParts, keywordMatches } = view;
    return {
      ...view,
      ...withoutValues(
        { scoreParts, keywordMatches },
        hidden.map(({ value }) => value),
      ),
      isSuppressed,
      contacts: kept.map((contact) => ({ ...contact })),
    };
  });
}

/** One lead, as `leadViews` gives it. */
export async function leadView(db: Database | Transaction, row: LeadRow): Promise<LeadView> {
  const [view] = await leadViews(db, [row]);
  if (view === undefined) throw new Error('A row without a view');
  return view;
}

const emailOf = ({ kind, value }: Contact): string | null => (kind === 'email' ? value : null);

const profileKey = (id: string | null, version: number | null): string => `${id} ${version}`;

/** The versions of profiles that leads without parts were scored with. */
async function profilesOf(
  db: Database | Transaction,
  rows: readonly LeadRow[],
): Promise<Map<string, ScoreProfile>> {
  const ids = new Set(
    rows.flatMap(({ scoreParts, scoreProfileId }) =>
      scoreParts.length === 0 && scoreProfileId !== null ? [scoreProfileId] : [],
    ),
  );
  if (ids.size === 0) return new Map();
  const found = await db
    .select()
    .from(scoreProfileVersions)
    .where(inArray(scoreProfileVersions.profileId, [...ids]));
  return new Map(
    found.map(({ profileId, version, weights }) => [
      profileKey(profileId, version),
      scoreProfileSchema.parse(weights),
    ]),
  );
}

/** Parts that add up to the score: those that were kept, or told anew with the weights it was made with. */
function partsOf(row: LeadRow, profiles: ReadonlyMap<string, ScoreProfile>): ScorePart[] {
  const profile = profiles.get(profileKey(row.scoreProfileId, row.scoreProfileVersion));
  if (row.scoreParts.length > 0 || profile === undefined) return [...row.scoreParts];
  const { keywordMatches: keywords, contacts, technologies } = row;
  const told = scoreLead({ ...row.facts, keywords, contacts, technologies }, profile);
  if (told.score === row.score) return [...told.parts];
  const reason = 'The rules of scoring have changed since: score it again';
  return [...told.parts, { part: 'rules_changed', points: row.score - told.score, reason }];
}

function viewOf(row: LeadRow, profiles: ReadonlyMap<string, ScoreProfile>): LeadView {
  return {
    leadId: row.id,
    campaignId: row.campaignId,
    ordinal: row.ordinal,
    domain: row.domain,
    url: row.url,
    title: row.title,
    organisation: row.organisation,
    score: row.score,
    scoreParts: partsOf(row, profiles),
    scoreProfileId: row.scoreProfileId,
    scoreProfileVersion: row.scoreProfileVersion,
    scoredAt: row.scoredAt,
    keywordMatches: [...row.keywordMatches],
    contacts: row.contacts.map((contact) => ({ ...contact })),
    technologies: [...row.technologies],
    language: row.language,
    country: row.country,
    state: row.state,
    tags: row.tags,
    notes: row.notes,
    groupId: row.groupId,
    groupReasons: row.groupReasons,
    isSuppressed: false,
    // Analysis writes a lead when it has read the page: there is none before.
    extractionStatus: 'done',
    errorDetails: null,
    version: row.version,
    lastProcessedAt: row.lastProcessedAt,
    updatedAt: row.updatedAt,
  };
}
