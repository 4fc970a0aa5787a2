import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { buttonClass } from '@domainflow/ui/primitives/button.tsx';
import { Drawer } from '@domainflow/ui/primitives/dialog.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { LeadDetail } from '../../lib/contract.ts';
import { formatInstant } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { DomainName } from '../domains/domain-name.tsx';
import { Loaded } from '../shell/loaded.tsx';
import { GroupMembers, PageFacts, ScoreHistory } from './lead-background.tsx';
import { LeadDecision } from './lead-decision.tsx';
import { LeadDetails } from './lead-details.tsx';
import { LeadRemoval } from './lead-removal.tsx';

interface LeadContentProps {
  leadId: string;
  onOpen: (leadId: string) => void;
  onClose: () => void;
}

function LeadContent({ leadId, ...then }: LeadContentProps) {
  const query = useQuery(trpc.leads.get.queryOptions({ id: leadId }));
  const skeleton = (
    <div role="status" aria-label="Loading the lead" className="space-y-3">
      <Skeleton className="h-10 w-40" />
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
  return (
    <Loaded query={query} what="lead" skeleton={skeleton}>
      {(lead) => <LeadBody lead={lead} {...then} />}
    </Loaded>
  );
}

function LeadBody({ lead, onOpen, onClose }: Omit<LeadContentProps, 'leadId'> & { lead: LeadDetail }) {
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="min-w-0 text-lg font-semibold break-words">
          {lead.organisation ?? lead.title ?? 'Without a title'}
        </p>
        <p>
          <span className="text-2xl font-semibold tracking-tight">{lead.score}</span>
          <span className="text-sm text-ink-faint"> of 100 points</span>
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <a
          href={lead.url}
          target="_blank"
          rel="noreferrer noopener"
          className={buttonClass('secondary', 'sm')}
        >
          <ExternalLink aria-hidden className="size-3.5" />
          Website
        </a>
        <Link
          to="/campaigns/$campaignId"
          params={{ campaignId: lead.campaignId }}
          search={{ domain: lead.domain }}
          className={buttonClass('secondary', 'sm')}
        >
          All verdicts
        </Link>
      </div>
      {lead.isSuppressed ? (
        <Notice tone="warn" title="Suppressed">
          Its contacts are neither shown nor exported, and the domain is not fetched again.
        </Notice>
      ) : null}
      <LeadDecision key={lead.leadId} lead={lead} />
      <LeadDetails lead={lead} heading="h3" />
      <PageFacts lead={lead} />
      <GroupMembers lead={lead} onOpen={onOpen} />
      <ScoreHistory lead={lead} />
      <LeadRemoval lead={lead} onErased={onClose} />
      <p className="text-xs text-ink-faint">Analysed {formatInstant(lead.lastProcessedAt)}</p>
    </div>
  );
}

interface LeadDrawerProps {
  leadId: string | null;
  onOpen: (leadId: string) => void;
  onClose: () => void;
}

/** The domain, which stays in sight when what is said of it scrolls. */
function LeadTitle({ leadId }: { leadId: string }) {
  const lead = useQuery(trpc.leads.get.queryOptions({ id: leadId })).data;
  return (
    <span className="wrap-anywhere">
      <span className={lead === undefined ? '' : 'sr-only'}>Lead </span>
      {lead === undefined ? null : <DomainName name={lead.domain} />}
    </span>
  );
}

/** One lead: what is made of it, and the evidence of every point. */
export function LeadDrawer({ leadId, onOpen, onClose }: LeadDrawerProps) {
  // The last lead stays while the drawer goes, so that it does not empty before it closes.
  const [shown, setShown] = useState(leadId);
  if (leadId !== null && leadId !== shown) setShown(leadId);
  return (
    <Drawer
      open={leadId !== null}
      onClose={onClose}
      title={shown === null ? 'Lead' : <LeadTitle leadId={shown} />}
    >
      {shown === null ? null : <LeadContent key={shown} leadId={shown} onOpen={onOpen} onClose={onClose} />}
    </Drawer>
  );
}
