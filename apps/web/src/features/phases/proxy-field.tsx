import { DIRECT } from '@domainflow/domain/http/proxy-pool.ts';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { useQuery } from '@tanstack/react-query';
import { countOf } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface ProxyFieldProps {
  value: string;
  onChange: (assignmentId: string) => void;
  error: string | undefined;
}

/** Whether pages are fetched directly, or through the proxies of a pool. */
export function ProxyField({ value, onChange, error }: ProxyFieldProps) {
  const pools = useQuery(trpc.proxyPools.list.queryOptions({ limit: 200 }));
  const items = pools.data?.items ?? [];
  return (
    <div className="max-w-lg space-y-2">
      <Field
        label="Proxies"
        error={error}
        hint={
          value === DIRECT
            ? 'Websites see this installation’s own address.'
            : 'Every request goes through a proxy of this pool, and nothing past it.'
        }
      >
        {(control) => (
          <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
            <option value={DIRECT}>None: directly</option>
            {items.map((pool) => (
              <option key={pool.proxyPoolId} value={pool.proxyPoolId}>
                {pool.name} ({countOf(pool.proxyCount, 'proxy', 'proxies')})
              </option>
            ))}
            {value === DIRECT || items.some((pool) => pool.proxyPoolId === value) ? null : (
              <option value={value}>{pools.isPending ? 'Loading…' : 'A pool that is gone'}</option>
            )}
          </Select>
        )}
      </Field>
      {pools.error === null ? null : (
        <ErrorNotice error={pools.error} title="The proxy pools could not be loaded" />
      )}
    </div>
  );
}
