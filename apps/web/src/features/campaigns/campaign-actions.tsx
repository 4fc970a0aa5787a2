import { allowedCommands } from '@domainflow/domain/campaign/lifecycle.ts';
import { IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '@domainflow/ui/primitives/menu.tsx';
import { Ellipsis, Pause, Play, RotateCw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { CampaignSummary } from '../../lib/contract.ts';
import { type CampaignCommand, useCampaignCommand } from './campaign-command.ts';
import { CancelDialog, DeleteDialog } from './campaign-dialogs.tsx';

const ICON = 'size-4 text-ink-faint';

/** The menu of a row: what the state machine accepts now, and delete. */
export function CampaignActions({ campaign }: { campaign: CampaignSummary }) {
  const [asking, setAsking] = useState<'cancel' | 'delete' | null>(null);
  const command = useCampaignCommand();
  const allowed = new Set(
    allowedCommands({
      campaign: campaign.status,
      mode: campaign.mode,
      phases: campaign.phases.map(({ phase, status }) => ({ name: phase, status, run: 0 })),
    }),
  );
  const send = (next: CampaignCommand): void => command.mutate({ target: campaign, command: next });
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Actions for ${campaign.campaignName}`}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
      >
        {allowed.has('start') ? (
          <MenuItem icon={<Play aria-hidden className={ICON} />} onSelect={() => send({ verb: 'start' })}>
            Start
          </MenuItem>
        ) : null}
        {allowed.has('pause') ? (
          <MenuItem icon={<Pause aria-hidden className={ICON} />} onSelect={() => send({ verb: 'pause' })}>
            Pause
          </MenuItem>
        ) : null}
        {allowed.has('resume') ? (
          <MenuItem icon={<Play aria-hidden className={ICON} />} onSelect={() => send({ verb: 'resume' })}>
            Resume
          </MenuItem>
        ) : null}
        {allowed.has('retry') ? (
          <MenuItem
            icon={<RotateCw aria-hidden className={ICON} />}
            onSelect={() => send({ verb: 'retry', scope: 'both' })}
          >
            Retry failed and ambiguous
          </MenuItem>
        ) : null}
        {allowed.has('cancel') ? (
          <MenuItem icon={<X aria-hidden className={ICON} />} onSelect={() => setAsking('cancel')}>
            Cancel…
          </MenuItem>
        ) : null}
        {allowed.size > 0 ? <MenuSeparator /> : null}
        <MenuItem
          icon={<Trash2 aria-hidden className="size-4" />}
          tone="danger"
          onSelect={() => setAsking('delete')}
        >
          Delete…
        </MenuItem>
      </Menu>
      <CancelDialog
        campaign={campaign}
        open={asking === 'cancel'}
        onClose={() => setAsking(null)}
        onConfirm={() => send({ verb: 'cancel' })}
      />
      <DeleteDialog campaign={campaign} open={asking === 'delete'} onClose={() => setAsking(null)} />
    </>
  );
}
