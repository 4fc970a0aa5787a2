import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { readEnvironment, sharedVariables } from '@domainflow/services/operation/environment.ts';
import { z } from 'zod';

const SLOT = 'must be a whole number from 0 to 64';
const slot = z.coerce.number(SLOT).int(SLOT).min(0, SLOT).max(64, SLOT).optional();

const settingsSchema = z.object({
  ...sharedVariables,
  /** Where the simulated internet listens, JSON; set by whoever starts the lab. */
  DOMAINFLOW_LAB: z.string().optional(),
  /** A file with IANA's list of RDAP servers (https://data.iana.org/rdap/dns.json), for registration checks. */
  DOMAINFLOW_RDAP_BOOTSTRAP: z.string().optional(),
  /** Batches of each phase under way at once; 0 leaves the phase to other workers. */
  WORKER_SLOTS_GENERATION: slot,
  WORKER_SLOTS_DNS: slot,
  WORKER_SLOTS_HTTP: slot,
  WORKER_SLOTS_ANALYSIS: slot,
});

export interface WorkerSettings {
  readonly databaseUrl: string;
  readonly labJson: string | undefined;
  readonly allowedTargets: readonly string[];
  readonly rdapBootstrapFile: string | undefined;
  readonly secretKey: string | undefined;
  readonly dataDir: string | undefined;
  readonly exitWithParent: boolean;
  readonly slots: Readonly<Partial<Record<PhaseName, number>>>;
}

/** The settings, or what is wrong with them, a line for each. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): WorkerSettings | string[] {
  const env = readEnvironment(settingsSchema, environment);
  if (Array.isArray(env)) return env;
  return {
    databaseUrl: env.DATABASE_URL,
    labJson: env.DOMAINFLOW_LAB,
    allowedTargets: env.DOMAINFLOW_ALLOW_TARGETS,
    rdapBootstrapFile: env.DOMAINFLOW_RDAP_BOOTSTRAP,
    secretKey: env.DOMAINFLOW_SECRET_KEY,
    dataDir: env.DOMAINFLOW_DATA_DIR,
    exitWithParent: env.DOMAINFLOW_EXIT_WITH_PARENT,
    slots: Object.fromEntries(
      PHASE_NAMES.map(
        (phase) => [phase, env[`WORKER_SLOTS_${phase.toUpperCase() as Uppercase<typeof phase>}`]] as const,
      ).filter((entry): entry is [PhaseName, number] => entry[1] !== undefined),
    ),
  };
}
