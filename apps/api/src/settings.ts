import { flag, list, readEnvironment, sharedVariables } from '@domainflow/services/operation/environment.ts';
import { z } from 'zod';

const lab = z.object({ dns: z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) }) });

const labSchema = z.string().transform((text, context) => {
  try {
    return { ...lab.parse(JSON.parse(text)), json: text };
  } catch {
    context.addIssue({ code: 'custom', message: 'must be the JSON that the lab printed' });
    return z.NEVER;
  }
});

const environmentSchema = z.object({
  ...sharedVariables,
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3_000),
  HOST: z.string().min(1).default('127.0.0.1'),
  WEB_DIST: z.string().min(1).optional(),
  DOMAINFLOW_LAB: labSchema.optional(),
  /** Names that exist for any good resolver, asked when one is tested. */
  DOMAINFLOW_TEST_NAMES: list,
  /** A page whose answer is the address that asked for it, fetched to check proxies. */
  DOMAINFLOW_PROXY_TEST_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL with http or https' })
    .optional(),
  /** Addresses and scheme of callers come from `X-Forwarded-For` and `X-Forwarded-Proto`. */
  DOMAINFLOW_TRUST_PROXY: flag,
  /** Origins besides the API's own whose pages may send changes. */
  DOMAINFLOW_ORIGINS: list,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});

export interface ApiSettings {
  readonly databaseUrl: string;
  readonly port: number;
  readonly host: string;
  readonly webDist: string | undefined;
  readonly labDns: { readonly host: string; readonly port: number } | undefined;
  /** The lab's whole route as the engines read it. */
  readonly labJson: string | undefined;
  readonly allowedTargets: readonly string[];
  readonly testNames: readonly string[];
  readonly proxyTestUrl: string | undefined;
  readonly secretKey: string | undefined;
  readonly dataDir: string | undefined;
  readonly exitWithParent: boolean;
  readonly trustProxy: boolean;
  readonly trustedOrigins: readonly string[];
  readonly logLevel: string;
}

/** The settings, or what is wrong with them, a line for each. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): ApiSettings | string[] {
  const env = readEnvironment(environmentSchema, environment);
  if (Array.isArray(env)) return env;
  return {
    databaseUrl: env.DATABASE_URL,
    port: env.PORT,
    host: env.HOST,
    webDist: env.WEB_DIST,
    labDns: env.DOMAINFLOW_LAB?.dns,
    labJson: env.DOMAINFLOW_LAB?.json,
    allowedTargets: env.DOMAINFLOW_ALLOW_TARGETS,
    testNames: env.DOMAINFLOW_TEST_NAMES,
    proxyTestUrl: env.DOMAINFLOW_PROXY_TEST_URL,
    secretKey: env.DOMAINFLOW_SECRET_KEY,
    dataDir: env.DOMAINFLOW_DATA_DIR,
    exitWithParent: env.DOMAINFLOW_EXIT_WITH_PARENT,
    trustProxy: env.DOMAINFLOW_TRUST_PROXY,
    trustedOrigins: env.DOMAINFLOW_ORIGINS,
    logLevel: env.LOG_LEVEL,
  };
}
