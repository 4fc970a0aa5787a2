import type { Transaction } from '@domainflow/db/client.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { refuseDropped } from '../operation/dropped-field.ts';
import { findShaping } from './lifecycle/plan-shaping.ts';
import { type PhaseConfigs, resolvePlan } from './lifecycle/resolve-plan.ts';

/**
 * A configuration checked by its phase's schema, all that it names found; `campaign` has those of the campaign's phases.
 * `INVALID_INPUT` with the field below `at`.
 */
export async function checkPhaseConfig(
  tx: Transaction,
  phase: PhaseName,
  config: unknown,
  campaign: PhaseConfigs,
  at: string,
): Promise<Record<string, unknown>> {
  const parsed = phaseNamed(phase).configSchema.safeParse(config);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = [at, ...(issue?.path ?? [])].join('.');
    throw invalidInput(issue?.message ?? 'Not a valid configuration.', field);
  }
  refuseDropped(config, parsed.data, at);
  try {
    const plan = await resolvePlan(tx, phase, parsed.data, campaign);
    await findShaping(tx, { ...plan, phase });
  } catch (error) {
    if (!(error instanceof DomainFlowError)) throw error;
    throw invalidInput(error.message, error.field === null ? at : `${at}.${error.field}`);
  }
  return parsed.data as Record<string, unknown>;
}
