import { scoreProfiles } from '@domainflow/db/schema/score-profile.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { byNameInput, pageByName } from '../rows/page-by-name.ts';
import { pageOf } from '../rows/paging.ts';
import { scoreProfileView, scoreProfileViewSchema } from './views.ts';

export const listScoreProfiles = query({
  name: 'scoreProfiles.list',
  summary: 'Score profiles by name',
  rest: { method: 'GET', path: '/score-profiles' },
  access: 'member',
  input: z.object(byNameInput),
  output: pageOf(scoreProfileViewSchema),

  async run({ db }, input) {
    const page = await pageByName(db, input, scoreProfiles.name, ({ where, orderBy, limit, offset }) =>
      db.select().from(scoreProfiles).where(where).orderBy(orderBy).limit(limit).offset(offset),
    );
    return { ...page, items: page.items.map(scoreProfileView) };
  },
});
