import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { defaultPhaseConfig, type PhaseConfig } from '../phases/phase-config.ts';
import type { PhaseConfigs } from '../wizard/wizard-values.ts';
import type { Lab } from './use-lab.ts';

/** What the lab changes in the settings of a phase; null where it has nothing to do with it. */
function labSettings(
  phase: PhaseName,
  phases: readonly PhaseName[],
  lab: Lab,
  keywordSetIds: readonly string[],
): PhaseConfig | null {
  switch (phase) {
    case 'generation':
      return null;
    case 'dns':
      return { personaId: lab.dnsPersonaId };
    case 'http':
      // Names of the lab are nowhere else: look-ups go there too, through the DNS phase's persona where there is one.
      return {
        personaId: lab.httpPersonaId,
        dnsPersonaId: phases.includes('dns') ? null : lab.dnsPersonaId,
      };
    case 'analysis':
      return keywordSetIds.length === 0 ? null : { keywordSetIds: [...keywordSetIds] };
  }
}

/**
 * The changed settings of `phases` with which a campaign runs in the simulated internet: its personas, and the given
 * keyword sets besides those that are chosen. All other fields stay.
 */
export function labConfigs(
  configs: PhaseConfigs,
  phases: readonly PhaseName[],
  lab: Lab,
  starterSetIds: readonly string[],
): PhaseConfigs {
  const changed: PhaseConfigs = {};
  for (const phase of phases) {
    const before = configs[phase] ?? defaultPhaseConfig(phase);
    const sets = [...new Set([...(before.keywordSetIds ?? []), ...starterSetIds])];
    const settings = labSettings(phase, phases, lab, sets);
    if (settings !== null) changed[phase] = { ...before, ...settings };
  }
  return changed;
}

/** Whether every phase that meets the network asks the lab alone. */
export function isInLab(configs: PhaseConfigs, phases: readonly PhaseName[], lab: Lab): boolean {
  const asksLab = (id: string | null | undefined): boolean => id === lab.dnsPersonaId;
  const hasDns = phases.includes('dns');
  if (hasDns && !asksLab(configs.dns?.personaId)) return false;
  if (!phases.includes('http')) return hasDns;
  const lookups = configs.http?.dnsPersonaId ?? (hasDns ? configs.dns?.personaId : null);
  return configs.http?.personaId === lab.httpPersonaId && asksLab(lookups);
}
