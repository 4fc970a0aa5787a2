import { Evidence } from '@domainflow/ui/blocks/evidence.tsx';
import { Drawer } from '@domainflow/ui/primitives/dialog.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { DomainDetail } from '../../lib/contract.ts';
import { formatInstant } from '../../lib/format.ts';
import { onResultsMoved } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { LeadDetails } from '../leads/lead-details.tsx';
import { PHASE_LABELS } from '../phases/phase-labels.ts';
import { Loaded } from '../shell/loaded.tsx';
import { analysisEvidenceSchema } from './analysis-evidence-schema.ts';
import { AnalysisEvidenceView } from './analysis-evidence-view.tsx';
import { dnsEvidenceSchema } from './dns-evidence-schema.ts';
import { DnsEvidenceView } from './dns-evidence-view.tsx';
import { DomainName } from './domain-name.tsx';
import { httpEvidenceSchema } from './http-evidence-schema.ts';
import { HttpEvidenceView } from './http-evidence-view.tsx';
import { PageSummary } from './page-summary.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

interface PhaseResultProps {
  result: DomainDetail['results'][number];
  isLead: boolean;
}

/** The evidence in sentences where it is known how to read it, and all of it as it was kept. */
function PhaseEvidence({ result, isLead }: PhaseResultProps) {
  const { phase, evidence, verdict, isAvailable } = result;
  const dns = phase === 'dns' ? dnsEvidenceSchema.safeParse(evidence).data : undefined;
  const http = phase === 'http' ? httpEvidenceSchema.safeParse(evidence).data : undefined;
  const analysis = phase === 'analysis' ? analysisEvidenceSchema.safeParse(evidence).data : undefined;
  if (dns === undefined && http === undefined && analysis === undefined) return <Evidence value={evidence} />;
  return (
    <div className="space-y-2">
      {dns === undefined ? null : (
        <DnsEvidenceView evidence={dns} verdict={verdict} isAvailable={isAvailable} />
      )}
      {http === undefined ? null : <HttpEvidenceView evidence={http} />}
      {analysis === undefined ? null : <AnalysisEvidenceView evidence={analysis} isLead={isLead} />}
      <details>
        <summary className="text-xs text-ink-faint">All that was kept</summary>
        <div className="mt-1.5 rounded-md bg-sunken p-2">
          <Evidence value={evidence} />
        </div>
      </details>
    </div>
  );
}

function PhaseVerdict({ result, isLead }: PhaseResultProps) {
  return (
    <section aria-label={PHASE_LABELS[result.phase]} className="rounded-lg p-3 ring-1 ring-line">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">{PHASE_LABELS[result.phase]}</h3>
        <span className="flex items-center gap-2">
          {result.code === null ? null : <span className="text-xs text-ink-faint">{result.code}</span>}
          <VerdictBadge phase={result.phase} verdict={result.verdict} />
        </span>
      </div>
      <p className="mt-1 mb-2 text-sm text-ink-soft">{result.explanation}</p>
      <PhaseEvidence result={result} isLead={isLead} />
      <p className="mt-2 text-xs text-ink-faint">
        {formatInstant(result.checkedAt)}
        {result.run > 1 ? ` · run ${result.run}` : ''}
      </p>
    </section>
  );
}

function Details({ campaignId, domain }: { campaignId: string; domain: string }) {
  const detail = useQuery(trpc.campaigns.domain.queryOptions({ id: campaignId, domain }));
  const { refetch } = detail;
  useEffect(() => onResultsMoved(campaignId, () => void refetch()), [campaignId, refetch]);
  return (
    <Loaded
      query={detail}
      what="domain"
      skeleton={
        <div role="status" aria-label="Loading" className="space-y-3">
          <Skeleton className="h-28 w-full" />
          <Skeleton className="h-28 w-full" />
        </div>
      }
    >
      {({ results, page, lead }) => (
        <div className="space-y-4">
          {results.length === 0 ? (
            <p className="text-sm text-ink-soft">No phase has looked at this domain yet.</p>
          ) : (
            results.map((result) => (
              <PhaseVerdict key={result.phase} result={result} isLead={lead !== null} />
            ))
          )}
          {lead === null ? null : (
            <section aria-label="Lead" className="space-y-4 border-t border-line pt-4">
              <h3 className="text-sm font-semibold">Lead, score {lead.score}</h3>
              <LeadDetails lead={lead} heading="h4" />
            </section>
          )}
          {page === null ? null : <PageSummary page={page} />}
        </div>
      )}
    </Loaded>
  );
}

interface DomainDrawerProps {
  campaignId: string;
  domain: string | null;
  onClose: () => void;
}

/** Everything known of one domain: each phase's verdict with its explanation and evidence. */
export function DomainDrawer({ campaignId, domain, onClose }: DomainDrawerProps) {
  // The last domain stays while the drawer goes, so that it does not empty before it closes.
  const [shown, setShown] = useState(domain);
  if (domain !== null && domain !== shown) setShown(domain);
  return (
    <Drawer
      open={domain !== null}
      onClose={onClose}
      title={<span className="wrap-anywhere">{shown === null ? null : <DomainName name={shown} />}</span>}
      actions={
        shown === null ? null : (
          <a
            href={`https://${shown}/`}
            target="_blank"
            rel="noreferrer noopener"
            className="inline-flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
            title="Open the website"
          >
            <ExternalLink aria-hidden className="size-4" />
            <span className="sr-only">Open the website in a new tab</span>
          </a>
        )
      }
    >
      {shown === null ? null : <Details campaignId={campaignId} domain={shown} />}
    </Drawer>
  );
}
