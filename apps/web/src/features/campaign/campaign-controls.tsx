import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Menu, MenuItem, MenuLabel } from '@domainflow/ui/primitives/menu.tsx';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, Pause, Play, RotateCw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { CampaignView } from '../../lib/contract.ts';
import { formatCount } from '../../lib/format.ts';
import { type CampaignCommand, useCampaignCommand } from '../campaigns/campaign-command.ts';
import { CancelDialog, DeleteDialog } from '../campaigns/campaign-dialogs.tsx';
import { retryCounts } from '../phases/verdicts.ts';

const ICON = 'size-4';

const RETRIES = [
  { scope: 'ambiguous', label: 'Ambiguous: no clear answer' },
  { scope: 'failed', label: 'Failed: with an error' },
  { scope: 'both', label: 'Both' },
] as const;

/** Start, pause, resume, retry, cancel: those that the campaign takes now; and delete. */
export function CampaignControls({ campaign }: { campaign: CampaignView }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'cancel' | 'delete' | null>(null);
  const command = useCampaignCommand();
  const allowed = new Set(campaign.allowedCommands);
  const send = (next: CampaignCommand): void => command.mutate({ target: campaign, command: next });
  const retryable = retryCounts(campaign.phases);
  const hasFailed = campaign.phases.some(({ status }) => status === 'failed');
  // A phase that failed before any of its domains did is tried again as a whole.
  const isStuck = hasFailed && retryable.both === 0;
  const isBusy = (verb: CampaignCommand['verb']): boolean =>
    command.isPending && command.variables.command.verb === verb;
  // Step by step, phases are started on their cards; the first of them here too.
  const showsStart =
    allowed.has('start') && (campaign.mode === 'full_sequence' || campaign.status === 'pending');
  return (
    <div className="flex flex-wrap items-center gap-2">
      {showsStart ? (
        <Button
          look="primary"
          icon={<Play aria-hidden className={ICON} />}
          busy={isBusy('start')}
          onClick={() => send({ verb: 'start' })}
        >
          Start
        </Button>
      ) : null}
      {allowed.has('pause') ? (
        <Button
          icon={<Pause aria-hidden className={ICON} />}
          busy={isBusy('pause')}
          onClick={() => send({ verb: 'pause' })}
        >
          Pause
        </Button>
      ) : null}
      {allowed.has('resume') ? (
        <Button
          look="primary"
          icon={<Play aria-hidden className={ICON} />}
          busy={isBusy('resume')}
          onClick={() => send({ verb: 'resume' })}
        >
          Resume
        </Button>
      ) : null}
      {allowed.has('retry') && isStuck ? (
        <Button
          icon={<RotateCw aria-hidden className={ICON} />}
          busy={isBusy('retry')}
          onClick={() => send({ verb: 'retry', scope: 'both' })}
        >
          Retry
        </Button>
      ) : null}
      {allowed.has('retry') && !isStuck ? (
        <Menu
          trigger={
            <Button icon={<RotateCw aria-hidden className={ICON} />} busy={isBusy('retry')}>
              Retry
              <ChevronDown aria-hidden className="size-3.5" />
            </Button>
          }
        >
          <MenuLabel>Work again on the domains that are</MenuLabel>
          {RETRIES.map(({ scope, label }) => (
            <MenuItem
              key={scope}
              disabled={retryable[scope] === 0 && !hasFailed}
              onSelect={() => send({ verb: 'retry', scope })}
            >
              <span className="flex-1">{label}</span>
              <span className="pl-4 text-xs text-ink-faint">{formatCount(retryable[scope])}</span>
            </MenuItem>
          ))}
        </Menu>
      ) : null}
      {allowed.has('cancel') ? (
        <Button
          look="secondary"
          icon={<X aria-hidden className={ICON} />}
          busy={isBusy('cancel')}
          onClick={() => setAsking('cancel')}
        >
          Cancel
        </Button>
      ) : null}
      <IconButton label="Delete campaign" className="hover:text-bad-ink" onClick={() => setAsking('delete')}>
        <Trash2 aria-hidden className={ICON} />
      </IconButton>
      <CancelDialog
        campaign={campaign}
        open={asking === 'cancel'}
        onClose={() => setAsking(null)}
        onConfirm={() => send({ verb: 'cancel' })}
      />
      <DeleteDialog
        campaign={campaign}
        open={asking === 'delete'}
        onClose={() => setAsking(null)}
        onDeleted={() => void navigate({ to: '/campaigns', search: {} })}
      />
    </div>
  );
}
