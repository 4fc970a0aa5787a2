import { DIRECT } from '@domainflow/domain/http/proxy-pool.ts';
import { useQuery } from '@tanstack/react-query';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { StoredChoiceField } from './stored-choice-field.tsx';

interface ProxyFieldProps {
  value: string;
  onChange: (assignmentId: string) => void;
  error: string | undefined;
}

/** Whether pages are fetched directly, or through the proxies of a pool. */
export function ProxyField({ value, onChange, error }: ProxyFieldProps) {
  const pools = useQuery(trpc.proxyPools.list.queryOptions({ limit: 200 }));
  return (
    <StoredChoiceField
      label="Proxies"
      list={pools}
      what="proxy pools"
      optionOf={({ proxyPoolId, name, proxyCount }) => [
        proxyPoolId,
        `${name} (${countOf(proxyCount, 'proxy', 'proxies')})`,
      ]}
      none="None: directly"
      gone="A pool that is gone"
      value={value === DIRECT ? null : value}
      onChange={(proxyPoolId) => onChange(proxyPoolId ?? DIRECT)}
      hint={
        value === DIRECT
          ? 'Websites see this installation’s own address.'
          : 'Every request goes through a proxy of this pool, and nothing past it.'
      }
      error={error}
    />
  );
}
