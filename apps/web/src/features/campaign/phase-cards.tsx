import type { CampaignView } from '../../lib/contract.ts';
import { PhaseCard } from './phase-card.tsx';
import { ThroughputPanel } from './throughput-panel.tsx';

/** The campaign's phases in order. */
export function PhaseCards({ campaign }: { campaign: CampaignView }) {
  const columns =
    campaign.phases.length >= 4 ? 'xl:grid-cols-4' : campaign.phases.length === 3 ? 'xl:grid-cols-3' : '';
  return (
    <section aria-label="Phases" className="space-y-3">
      <ol className={`grid gap-3 ${campaign.phases.length > 1 ? 'sm:grid-cols-2' : ''} ${columns}`}>
        {campaign.phases.map((phase, index) => (
          <li key={phase.phase}>
            <PhaseCard campaign={campaign} phase={phase} position={index + 1} />
          </li>
        ))}
      </ol>
      <ThroughputPanel campaign={campaign} />
    </section>
  );
}
