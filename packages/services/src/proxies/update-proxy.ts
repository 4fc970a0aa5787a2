import { proxies } from '@domainflow/db/schema/proxy.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { proxyIdSchema } from '@domainflow/domain/ids.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { requireVersion } from '../rows/edit-rules.ts';
import { refuseTakenName } from '../rows/unique-name.ts';
import { writtenRow } from '../rows/written-row.ts';
import { sealCredentials } from './credentials.ts';
import { liveStateOf } from './live-state.ts';
import { lockProxy } from './lock-proxy.ts';
import { proxyFields, requireAllowedHost } from './proxy-fields.ts';
import { proxyViewOf, proxyViewSchema } from './views.ts';

export const updateProxy = mutation({
  name: 'proxies.update',
  summary: 'Change a proxy; credentials that are not given stay, null removes them',
  rest: { method: 'PUT', path: '/proxies/{id}' },
  access: 'member',
  input: z.object({ id: proxyIdSchema, version: z.int(), ...z.object(proxyFields).partial().shape }),
  output: proxyViewSchema,
  audit: ({ id }, { name, version }) => ({ entity: 'proxy', entityId: id, details: { name, version } }),

  async run({ tx, actor, probes, secrets }, { id, version, username, password, ...given }) {
    const before = await lockProxy(tx, actor, id);
    requireVersion(before.version, version);
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const next = { ...before, ...fields };
    requireAllowedHost(probes, next.host, next.port);
    const isElsewhere = next.host !== before.host || next.port !== before.port || next.kind !== before.kind;
    // Otherwise whoever may edit could have them sent to a server of theirs.
    for (const [field, value] of [
      ['username', username],
      ['password', password],
    ] as const) {
      if (isElsewhere && before[field] !== null && value === undefined) {
        throw invalidInput(
          'The proxy is another one now: give its credentials again, or null for none.',
          field,
        );
      }
    }
    const sealed = await sealCredentials(secrets, id, { username, password }, before);
    const updated = await tx
      .update(proxies)
      .set({
        ...fields,
        ...sealed,
        ...(isElsewhere ? { lastCheck: null } : {}),
        version: before.version + 1,
        updatedAt: sql`now()`,
      })
      .where(eq(proxies.id, id))
      .returning()
      .catch(refuseTakenName('proxies_name_unique', 'proxy', next.name));
    return proxyViewOf(writtenRow(updated), await liveStateOf(tx, id));
  },
});
