import { personas } from '@domainflow/db/schema/persona.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import type { PersonaId } from '@domainflow/domain/ids.ts';
import { type DnsPersona, dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { and, eq } from 'drizzle-orm';
import type { QueryContext } from '../operation/operation.ts';
import type { PersonaKind } from '../personas/config-schemas.ts';
import { type PersonaTest, pageTestOf, type ResolversTest, resolversTestOf } from './test-result.ts';

interface TestOptions {
  readonly names: readonly string[];
  readonly url?: string | undefined;
  readonly dnsPersonaId?: PersonaId | undefined;
}

/** Tries out a configuration, saved or not: asks each resolver, or fetches a page. Ends within 15 s. */
export async function runPersonaTest(
  ctx: QueryContext,
  kind: PersonaKind,
  config: unknown,
  { names, url, dnsPersonaId }: TestOptions,
): Promise<PersonaTest> {
  switch (kind) {
    case 'dns':
      return { kind, ...(await runResolversTest(ctx, dnsPersonaSchema.parse(config), names)) };
    case 'http': {
      const dns = await lookupPersona(ctx, dnsPersonaId);
      const [known = 'example.com'] = ctx.probes.knownNames(dns);
      const page = url ?? `https://${known}/`;
      const http = httpPersonaSchema.parse(config);
      return {
        kind,
        ...pageTestOf(page, await ctx.probes.fetchPage({ http, dns }, page, ctx.request.signal)),
      };
    }
  }
}

export const runResolversTest = async (
  { probes, request }: QueryContext,
  persona: DnsPersona,
  names: readonly string[],
): Promise<ResolversTest> =>
  resolversTestOf([...(await probes.testResolvers(persona, names, request.signal))]);

/** How an HTTP test looks hosts up. `INVALID_INPUT` where the persona that was named does not exist. */
export async function lookupPersona({ db }: Pick<QueryContext, 'db'>, id?: PersonaId): Promise<DnsPersona> {
  const [row] = await db
    .select({ config: personas.config })
    .from(personas)
    .where(
      and(eq(personas.kind, 'dns'), id === undefined ? eq(personas.isDefault, true) : eq(personas.id, id)),
    );
  if (row === undefined && id !== undefined)
    throw invalidInput(`No DNS persona with id ${id}.`, 'dnsPersonaId');
  return dnsPersonaSchema.parse(row?.config ?? {});
}
