import type { Transaction } from '@domainflow/db/client.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { PhaseRow } from './lock-campaign.ts';
import { resolvePlan } from './resolve-plan.ts';

/**
 * Refuses a start whose later phases name what has been deleted since they were configured: hours later there is nobody
 * to tell. The first phase is looked at when it starts, those that are not configured yet wait to be.
 */
export async function checkLaterPhases(tx: Transaction, phases: readonly PhaseRow[]): Promise<void> {
  const configs = Object.fromEntries(phases.map(({ phase, config }) => [phase, config]));
  for (const { phase, config } of phases.slice(1)) {
    if (config === null) continue;
    try {
      await resolvePlan(tx, phase, config, configs);
    } catch (error) {
      if (!(error instanceof DomainFlowError)) throw error;
      const { code, field } = error;
      throw new DomainFlowError(
        code,
        `${phaseNamed(phase).label}: ${error.message} Configure the phase again.`,
        {
          field: field === null ? `phases.${phase}` : `phases.${phase}.${field}`,
        },
      );
    }
  }
}
