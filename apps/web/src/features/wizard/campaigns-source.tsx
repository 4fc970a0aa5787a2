import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { countOf } from '../../lib/format.ts';
import { searchOf } from '../../lib/search-params.ts';
import { trpc } from '../../lib/trpc.ts';
import { CAMPAIGN_LOOKS } from '../campaigns/campaign-looks.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { SearchField } from '../shell/search-field.tsx';
import type { WizardValues } from './wizard-values.ts';

export function CampaignsSource({ error }: { error: string | null }) {
  const { setValue } = useFormContext<WizardValues>();
  const chosen = useWatch<WizardValues, 'inputCampaignIds'>({ name: 'inputCampaignIds' });
  const [words, setWords] = useState('');
  const list = useQuery(
    trpc.campaigns.list.queryOptions(
      { limit: 50, ...searchOf(words) },
      { placeholderData: keepPreviousData },
    ),
  );
  const toggle = (id: string, isChosen: boolean): void =>
    setValue('inputCampaignIds', isChosen ? [...chosen, id] : chosen.filter((each) => each !== id));
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">
        Campaigns whose names are taken ({chosen.length} chosen)
      </legend>
      <SearchField label="Search campaigns" placeholder="Search by name" value={words} onChange={setWords} />
      {error === null ? null : (
        <p role="alert" className="text-xs text-bad-ink">
          {error}
        </p>
      )}
      {list.error === null ? null : (
        <ErrorNotice error={list.error} title="The campaigns could not be loaded" />
      )}
      {list.isPending ? <Skeleton className="h-24 w-full" /> : null}
      <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg ring-1 ring-line">
        {list.data?.items.map((campaign) => (
          <li key={campaign.campaignId} className="px-3 py-2">
            <Checkbox
              label={campaign.campaignName}
              hint={`${CAMPAIGN_LOOKS[campaign.status].label} · ${countOf(campaign.initialNumberOfDomains, 'domain')}`}
              checked={chosen.includes(campaign.campaignId)}
              onChange={(event) => toggle(campaign.campaignId, event.target.checked)}
            />
          </li>
        ))}
        {list.data?.items.length === 0 ? (
          <li className="px-3 py-4 text-center text-sm text-ink-soft">No campaign matches.</li>
        ) : null}
      </ul>
    </fieldset>
  );
}
