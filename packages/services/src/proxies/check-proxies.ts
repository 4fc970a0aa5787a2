import { type ProxyCheck, proxies } from '@domainflow/db/schema/proxy.ts';
import { proxySchema } from '@domainflow/domain/http/proxy-pool.ts';
import type { PersonaId } from '@domainflow/domain/ids.ts';
import { and, eq } from 'drizzle-orm';
import type { MutationContext, QueryContext } from '../operation/operation.ts';
import { lookupPersona } from '../probes/run-persona-test.ts';
import { openCredentials } from './credentials.ts';

type Row = typeof proxies.$inferSelect;

interface CheckOptions {
  readonly url?: string | undefined;
  readonly dnsPersonaId?: PersonaId | undefined;
}

/** A row with what was found of it; null where time was too short. */
export interface CheckedProxy {
  readonly row: Row;
  readonly check: ProxyCheck | null;
}

/** Fetches a page through each proxy. Ends within 15 s; opens credentials for that alone. */
export async function checkProxies(
  ctx: QueryContext,
  rows: readonly Row[],
  { url, dnsPersonaId }: CheckOptions,
): Promise<CheckedProxy[]> {
  const { probes, secrets, request } = ctx;
  const dns = await lookupPersona(ctx, dnsPersonaId);
  const opened = await Promise.all(
    rows.map(async (row) => proxySchema.parse({ ...row, ...(await openCredentials(secrets, row.id, row)) })),
  );
  const results = await probes.testProxies(opened, { dns, url: url ?? probes.exitUrl }, request.signal);
  const checkedAt = new Date().toISOString();
  return rows.map((row, index) => {
    const found = results[index] ?? null;
    if (found === null) return { row, check: null };
    const { ok, latencyMs, exitAddress, reason, detail } = found;
    const problem = ok ? null : [reason, detail].filter((word) => word !== null).join(': ');
    return { row, check: { ok, checkedAt, latencyMs, exitAddress, problem } };
  });
}

/** Keeps what was found, unless the proxy has become another one meanwhile. */
export async function keepChecks({ tx }: MutationContext, checked: readonly CheckedProxy[]): Promise<void> {
  // In one order everywhere, so that two checks at once do not wait for each other in a circle.
  for (const { row, check } of checked.toSorted((a, b) => a.row.id.localeCompare(b.row.id))) {
    if (check === null) continue;
    await tx
      .update(proxies)
      .set({ lastCheck: check })
      .where(and(eq(proxies.id, row.id), eq(proxies.version, row.version)));
  }
}
