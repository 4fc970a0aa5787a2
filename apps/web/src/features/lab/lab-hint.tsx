import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { FlaskConical } from 'lucide-react';
import { useStarterSets } from '../keyword-sets/use-starter-sets.ts';
import type { PhaseConfigs } from '../wizard/wizard-values.ts';
import { isInLab, labConfigs } from './lab-configs.ts';
import { useLab } from './use-lab.ts';

interface LabHintProps {
  phases: readonly PhaseName[];
  configs: PhaseConfigs;
  /** Gives the settings that change. */
  onChange: (changed: PhaseConfigs) => void;
}

/** Offers the simulated internet for a first try. Absent where it does not run, or no phase meets the network. */
export function LabHint({ phases, configs, onChange }: LabHintProps) {
  const lab = useLab();
  const starterSetIds = useStarterSets();
  if (lab === null || !phases.some((phase) => phase === 'dns' || phase === 'http')) return null;
  if (isInLab(configs, phases, lab))
    return <Notice tone="ok">This campaign runs in the lab: nothing is sent to the internet.</Notice>;
  return (
    <Notice tone="accent" title="First try?">
      <p>
        The lab is a simulated internet on this machine: resolvers and sites of every kind, good and bad, made
        up for any name. Nothing is sent to the real one.
      </p>
      <Button
        size="sm"
        className="mt-2"
        icon={<FlaskConical aria-hidden className="size-3.5" />}
        onClick={() => onChange(labConfigs(configs, phases, lab, starterSetIds))}
      >
        Use the lab
      </Button>
    </Notice>
  );
}
