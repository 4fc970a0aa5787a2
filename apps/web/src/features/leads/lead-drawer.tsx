import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Drawer } from '@domainflow/ui/primitives/dialog.tsx';
import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { LeadView } from '../../lib/contract.ts';
import { formatInstant } from '../../lib/format.ts';
import { LeadDetails } from './lead-details.tsx';

interface LeadDrawerProps {
  campaignId: string;
  lead: LeadView | null;
  onClose: () => void;
}

/** One lead with the evidence of every point. */
export function LeadDrawer({ campaignId, lead, onClose }: LeadDrawerProps) {
  // The last lead stays while the drawer goes, so that it does not empty before it closes.
  const [shown, setShown] = useState(lead);
  if (lead !== null && lead !== shown) setShown(lead);
  return (
    <Drawer
      open={lead !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={<span className="break-all">{shown?.domain}</span>}
      description={shown === null ? '' : (shown.organisation ?? shown.title ?? 'Without a title')}
    >
      {shown === null ? null : (
        <div className="space-y-5">
          <div className="flex flex-wrap items-end justify-between gap-3">
            <p>
              <span className="text-2xl font-semibold tracking-tight">{shown.score}</span>
              <span className="text-sm text-ink-faint"> of 100 points</span>
            </p>
            <div className="flex gap-2">
              <a
                href={shown.url}
                target="_blank"
                rel="noreferrer noopener"
                className={buttonClass('secondary', 'sm')}
              >
                <ExternalLink aria-hidden className="size-3.5" />
                Website
              </a>
              <Link
                to="/campaigns/$campaignId"
                params={{ campaignId }}
                search={{ domain: shown.domain }}
                className={buttonClass('secondary', 'sm')}
              >
                All verdicts
              </Link>
            </div>
          </div>
          <LeadDetails lead={shown} heading="h3" />
          <p className="text-xs text-ink-faint">Analysed {formatInstant(shown.lastProcessedAt)}</p>
        </div>
      )}
    </Drawer>
  );
}
