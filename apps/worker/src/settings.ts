import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { z } from 'zod';

const slot = z.coerce.number().int().min(0).max(64).optional();

const settingsSchema = z.object({
  DATABASE_URL: z
    .string({ error: 'DATABASE_URL must name the PostgreSQL database, postgres://user:password@host/name' })
    .min(1),
  /** Where the simulated internet listens, JSON; set by whoever starts the lab. */
  DOMAINFLOW_LAB: z.string().optional(),
  /** Comma-separated CIDRs of private targets that may be connected to. */
  DOMAINFLOW_ALLOW_TARGETS: z.string().default(''),
  /** Keys of 64 hexadecimal digits between commas, as the API has them; the data folder's key file otherwise. */
  DOMAINFLOW_SECRET_KEY: z.string().optional(),
  DOMAINFLOW_DATA_DIR: z.string().optional(),
  /** A file with IANA's list of RDAP servers (https://data.iana.org/rdap/dns.json), for registration checks. */
  DOMAINFLOW_RDAP_BOOTSTRAP: z.string().optional(),
  /** `1`: end when standard input ends, because the parent is gone. */
  DOMAINFLOW_EXIT_WITH_PARENT: z.string().optional(),
  /** Batches of each phase under way at once; 0 leaves the phase to other workers. */
  WORKER_SLOTS_GENERATION: slot,
  WORKER_SLOTS_DNS: slot,
  WORKER_SLOTS_HTTP: slot,
  WORKER_SLOTS_ANALYSIS: slot,
});

export type WorkerSettings = ReturnType<typeof readSettings>;

/** The worker's settings from its environment; throws an error whose message says what to set. */
export function readSettings(env: Readonly<Record<string, string | undefined>>) {
  const parsed = settingsSchema.safeParse(env);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    labJson: data.DOMAINFLOW_LAB,
    allowedTargets: data.DOMAINFLOW_ALLOW_TARGETS.split(',')
      .map((cidr) => cidr.trim())
      .filter((cidr) => cidr !== ''),
    rdapBootstrapFile: data.DOMAINFLOW_RDAP_BOOTSTRAP,
    secretKey: data.DOMAINFLOW_SECRET_KEY,
    dataDir: data.DOMAINFLOW_DATA_DIR,
    exitWithParent: data.DOMAINFLOW_EXIT_WITH_PARENT === '1',
    slots: Object.fromEntries(
      PHASE_NAMES.map(
        (phase) => [phase, data[`WORKER_SLOTS_${phase.toUpperCase() as Uppercase<typeof phase>}`]] as const,
      ).filter((entry): entry is [(typeof PHASE_NAMES)[number], number] => entry[1] !== undefined),
    ),
  };
}
