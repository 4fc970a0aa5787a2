import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import type { CampaignInput, StoredInput } from '@domainflow/domain/campaign/input.ts';
import { parseDomainName } from '@domainflow/domain/domain-name/parse-domain-name.ts';
import { DOMAIN_NAME_REASONS, type DomainNameReason } from '@domainflow/domain/domain-name/reasons.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { and, inArray } from 'drizzle-orm';
import type { Actor } from '../operation/operation.ts';
import { atField, type PatternSpace } from '../pattern-offsets/pattern-space.ts';
import { readNextOffset } from '../pattern-offsets/read-offset.ts';
import { goesOn, takeRange } from '../pattern-offsets/take-range.ts';
import { visibleTo } from './visible-campaigns.ts';

/** A checked input: what the campaign keeps of it, its names where it brings them, and how many it starts with. */
export interface CheckedInput {
  readonly stored: StoredInput;
  readonly names: readonly string[];
  readonly initialDomains: number;
}

/** Of a list with bad entries, so many are named in the error. */
const MAX_REPORTED = 20;

/** Checks what a schema cannot; `opened` is the space of a pattern. `INVALID_INPUT` with the field at fault. */
export async function checkInput(
  tx: Transaction,
  actor: Actor,
  input: CampaignInput,
  opened: PatternSpace | null,
): Promise<CheckedInput> {
  switch (input.source) {
    case 'pattern':
      if (opened === null) throw new Error('A pattern comes with its space');
      return { stored: input, names: [], initialDomains: await expectedLength(tx, opened) };
    case 'list': {
      const names = parseList(input.domains);
      return { stored: { source: 'list' }, names, initialDomains: names.length };
    }
    case 'upload':
      return { stored: input, names: [], initialDomains: 0 };
    case 'campaigns':
      await requireAll(tx, actor, input.inputCampaignIds);
      return { stored: input, names: [], initialDomains: 0 };
  }
}

/** Offsets that the campaign would take if it started now. A space that is used up may be set back before it does. */
async function expectedLength(
  tx: Transaction,
  { pattern, patternHash, space }: PatternSpace,
): Promise<number> {
  const nextOffset = await readNextOffset(tx, patternHash);
  if (goesOn(pattern) && nextOffset >= space.size) return 0;
  return (await atField('input.pattern', () => takeRange(pattern, space.size, nextOffset))).count;
}

function parseList(entries: readonly string[]): string[] {
  const names = new Set<string>();
  const bad: { index: number; text: string; reason: DomainNameReason }[] = [];
  for (const [index, text] of entries.entries()) {
    const parsed = parseDomainName(text);
    if (parsed.ok) names.add(parsed.name);
    else bad.push({ index, text: text.slice(0, 100), reason: parsed.reason });
  }
  const first = bad[0];
  if (first !== undefined) {
    throw invalidInput(
      `${bad.length} of ${entries.length} entries are not domain names, the first is “${first.text}”: ${DOMAIN_NAME_REASONS[first.reason]}.`,
      `input.domains.${first.index}`,
      { rejected: bad.length, first: bad.slice(0, MAX_REPORTED) },
    );
  }
  return [...names];
}

async function requireAll(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<void> {
  const found = await tx
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(inArray(campaigns.id, [...ids]), visibleTo(actor)));
  const missing = ids.findIndex((id) => !found.some((row) => row.id === id));
  if (missing >= 0)
    throw invalidInput(`No campaign with id ${ids[missing]}.`, `input.inputCampaignIds.${missing}`);
}
