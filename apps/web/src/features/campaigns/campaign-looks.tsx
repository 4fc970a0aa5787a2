import type { CampaignStatus, PhaseStatus } from '@domainflow/domain/campaign/states.ts';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import type { Tone } from '@domainflow/ui/primitives/tone.ts';
import clsx from 'clsx';
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  RotateCw,
} from 'lucide-react';

interface Look {
  readonly label: string;
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly spins?: true;
}

export const CAMPAIGN_LOOKS: Readonly<Record<CampaignStatus, Look>> = {
  pending: { label: 'Draft', tone: 'neutral', icon: CircleDashed },
  active: { label: 'Running', tone: 'accent', icon: LoaderCircle, spins: true },
  paused: { label: 'Paused', tone: 'warn', icon: CirclePause },
  completed: { label: 'Completed', tone: 'ok', icon: CircleCheck },
  failed: { label: 'Failed', tone: 'bad', icon: CircleX },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: Ban },
  error: { label: 'Stopped by an error', tone: 'bad', icon: CircleAlert },
  retrying: { label: 'Retrying', tone: 'accent', icon: RotateCw, spins: true },
};

export const PHASE_LOOKS: Readonly<Record<PhaseStatus, Look>> = {
  pending: { label: 'Not configured', tone: 'neutral', icon: CircleDashed },
  configured: { label: 'Ready', tone: 'neutral', icon: CircleDot },
  running: { label: 'Running', tone: 'accent', icon: LoaderCircle, spins: true },
  paused: { label: 'Paused', tone: 'warn', icon: CirclePause },
  completed: { label: 'Completed', tone: 'ok', icon: CircleCheck },
  failed: { label: 'Failed', tone: 'bad', icon: CircleX },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: Ban },
};

function LookBadge({ look: { label, tone, icon: Icon, spins } }: { look: Look }) {
  return (
    <Badge
      tone={tone}
      icon={
        <Icon
          aria-hidden
          className={clsx('size-3.5 shrink-0', spins && 'motion-safe:animate-spin [animation-duration:2s]')}
        />
      }
    >
      {label}
    </Badge>
  );
}

export const CampaignStatusBadge = ({ status }: { status: CampaignStatus }) => (
  <LookBadge look={CAMPAIGN_LOOKS[status]} />
);

export const PhaseStatusBadge = ({ status }: { status: PhaseStatus }) => (
  <LookBadge look={PHASE_LOOKS[status]} />
);

/** True while the campaign's numbers move. */
export const isRunning = (status: CampaignStatus): boolean => status === 'active' || status === 'retrying';
