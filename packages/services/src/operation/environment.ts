import { z } from 'zod';

/** `1` or `0`; 0 where it is not set. */
export const flag = z
  .enum(['0', '1'], 'must be 0 or 1')
  .default('0')
  .transform((value) => value === '1');

/** Values between commas. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  );

/** Variables that the API and the workers read alike. */
export const sharedVariables = {
  DATABASE_URL: z
    .string('is needed: postgres://user:password@host:5432/database')
    .regex(/^postgres(ql)?:\/\//, 'must look like postgres://user:password@host:5432/database'),
  /** CIDRs that may be connected to although they are not public. */
  DOMAINFLOW_ALLOW_TARGETS: list,
  /** Keys of 64 hexadecimal digits, the current one first; the data folder has a key file otherwise. */
  DOMAINFLOW_SECRET_KEY: z
    .string()
    .regex(
      /^[0-9a-f]{64}(\s*,\s*[0-9a-f]{64})*$/i,
      'must be 64 hexadecimal digits, or several such keys between commas',
    )
    .optional(),
  DOMAINFLOW_DATA_DIR: z.string().optional(),
  /** 1: end when standard input ends, because the parent is gone. */
  DOMAINFLOW_EXIT_WITH_PARENT: flag,
};

/**
 * The variables as the schema reads them, blank ones as if they were not set; or what is wrong with them, a line for each.
 * Values are not repeated: they may hold passwords.
 */
export function readEnvironment<T extends z.ZodType>(
  schema: T,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<T> | string[] {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const parsed = schema.safeParse(given);
  return parsed.success
    ? parsed.data
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
}
