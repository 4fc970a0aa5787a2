import type { Transaction } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import { clearQuotes, type Erased } from './erase-domains.ts';
import { erasePagesHiding, erasePagesQuoting } from './erase-pages.ts';
import { eraseQuotes } from './erase-quotes.ts';
import { quotingEmail, spellingsOf } from './quoting.ts';

/**
 * Erases an e-mail address: contacts of leads, and every page, evidence and note that quotes it, in A-labels or in Unicode,
 * and pages that hide it from programs. What a lead was found by stays. Reads all that is stored: minutes where there are
 * millions of pages.
 */
export async function eraseEmail(tx: Transaction, email: string): Promise<Erased> {
  const [local = '', domain = ''] = email.split('@');
  const spellings = spellingsOf(domain).map((spelling) => `${local}@${spelling}`);
  const quoting = quotingEmail(spellings);
  const pages = (await erasePagesQuoting(tx, quoting)) + (await erasePagesHiding(tx, email, spellings));
  const { leads, records } = await eraseQuotes(tx, quoting);
  const listed = await tx.execute(sql`DELETE FROM suppressions WHERE value = ${email}`);
  return { domains: 0, leads, pages, records: records + listed.count + (await clearQuotes(tx, quoting)) };
}
