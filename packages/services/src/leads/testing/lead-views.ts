import type { TestUser } from '../../campaigns/testing/campaign-fixture.ts';
import { leadOperations } from '../operations.ts';

/** A lead as lists show it: what tests look at. */
export type Lead = Record<string, unknown> & {
  leadId: string;
  domain: string;
  score: number;
  version: number;
  groupId: string | null;
  scoreParts: { part: string; points: number }[];
};

/** A page of such a list. */
export interface LeadPage {
  items: Lead[];
  nextCursor: string | null;
  total: number;
}

/** The leads that somebody sees, as tests ask for them; `user` is called for each question. */
export function leadsOf(user: () => TestUser) {
  const list = (input: Record<string, unknown> = {}) => user().call<LeadPage>(leadOperations.list, input);
  const names = async (input: Record<string, unknown> = {}): Promise<string[]> =>
    (await list(input)).items.map(({ domain }) => domain).toSorted();
  const lead = async (domain: string): Promise<Lead> => {
    const [found] = (await list({ search: domain })).items;
    if (found === undefined) throw new Error(`no lead ${domain}`);
    return found;
  };
  return { list, names, lead };
}
