import { Select } from '@domainflow/ui/primitives/input.tsx';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { trpc } from '../../lib/trpc.ts';

interface CampaignSelectProps {
  value: string | undefined;
  onChange: (campaignId: string | undefined) => void;
  /** What stands for none: all of them where it is left out. */
  none?: string;
  className?: string;
}

/** One of the latest 200 campaigns. */
export function CampaignSelect({
  value,
  onChange,
  none = 'Campaign: any',
  className = 'sm:!w-52',
}: CampaignSelectProps) {
  const campaigns = useQuery(trpc.campaigns.list.queryOptions({ limit: 200 }));
  const items = campaigns.data?.items ?? [];
  return (
    <Select
      aria-label="Campaign"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      className={clsx(value !== undefined && '!ring-accent', className)}
    >
      <option value="">{none}</option>
      {value !== undefined && !items.some((each) => each.campaignId === value) ? (
        <option value={value}>The campaign in the address</option>
      ) : null}
      {items.map((each) => (
        <option key={each.campaignId} value={each.campaignId}>
          {each.campaignName}
        </option>
      ))}
    </Select>
  );
}
