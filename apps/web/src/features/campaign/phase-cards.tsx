import clsx from 'clsx';
import { useEffect, useRef } from 'react';
import type { CampaignView } from '../../lib/contract.ts';
import { useIsNarrow } from '../shell/use-is-narrow.ts';
import { PhaseCard } from './phase-card.tsx';
import { ThroughputPanel } from './throughput-panel.tsx';

/** What stays free to the left of a card: as much as the page has. */
const CARD_MARGIN_PX = 16;

/** The campaign's phases in order. */
export function PhaseCards({ campaign }: { campaign: CampaignView }) {
  const isNarrow = useIsNarrow();
  const row = useRef<HTMLOListElement>(null);
  const toSee = campaign.phases.findIndex(
    ({ status }) => status === 'running' || status === 'paused' || status === 'failed',
  );
  // Where the cards do not all fit, the one that is at work, or has failed, is the one to see.
  useEffect(() => {
    const card = row.current?.children[toSee];
    if (!isNarrow || !row.current || !(card instanceof HTMLElement)) return;
    row.current.scrollTo({ left: card.offsetLeft - row.current.offsetLeft - CARD_MARGIN_PX });
  }, [isNarrow, toSee]);
  const columns =
    campaign.phases.length >= 4 ? 'xl:grid-cols-4' : campaign.phases.length === 3 ? 'xl:grid-cols-3' : '';
  return (
    <section aria-label="Phases" className="space-y-3">
      <ol
        ref={row}
        // On a phone the cards scroll sideways, and the keyboard has to be able to.
        tabIndex={isNarrow ? 0 : undefined}
        className={clsx(
          'gap-3 max-sm:-mx-4 max-sm:flex max-sm:snap-x max-sm:scroll-px-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-px sm:grid',
          campaign.phases.length > 1 && 'sm:grid-cols-2',
          columns,
        )}
      >
        {campaign.phases.map((phase, index) => (
          <li
            key={phase.phase}
            className={clsx(
              'snap-start',
              campaign.phases.length > 1 ? 'max-sm:w-[80vw] max-sm:shrink-0' : 'max-sm:w-full',
            )}
          >
            <PhaseCard campaign={campaign} phase={phase} position={index + 1} />
          </li>
        ))}
      </ol>
      <ThroughputPanel campaign={campaign} />
    </section>
  );
}
