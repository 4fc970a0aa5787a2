import { IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { moved } from './moved.ts';
import { addressOf, type ProxyView } from './proxy-words.ts';

interface PoolMembersProps {
  proxies: readonly ProxyView[];
  value: readonly string[];
  onChange: (proxyIds: string[]) => void;
  error: string | undefined;
}

/** The proxies of a pool in the order of the rotation. */
export function PoolMembers({ proxies, value, onChange, error }: PoolMembersProps) {
  const others = proxies.filter(({ proxyId }) => !value.includes(proxyId));
  const nameOf = (id: string): string => proxies.find(({ proxyId }) => proxyId === id)?.name ?? id;
  return (
    <div className="space-y-2">
      <Field
        label="Proxies"
        hint={
          proxies.length === 0 ? 'There are none yet: create a proxy first.' : 'In the order of the rotation.'
        }
        error={error}
      >
        {(control) => (
          <Select
            {...control}
            value=""
            disabled={others.length === 0}
            onChange={(event) =>
              onChange(
                event.target.value === 'all'
                  ? [...value, ...others.map(({ proxyId }) => proxyId)]
                  : [...value, event.target.value],
              )
            }
          >
            <option value="">{others.length === 0 ? 'All proxies are in the pool' : 'Add a proxy…'}</option>
            {others.length > 1 ? <option value="all">All {others.length} others</option> : null}
            {others.map((proxy) => (
              <option key={proxy.proxyId} value={proxy.proxyId}>
                {proxy.name} – {addressOf(proxy)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {value.length === 0 ? null : (
        <ol className="divide-y divide-line rounded-lg ring-1 ring-line" aria-label="Proxies of the pool">
          {value.map((id, index) => {
            const name = nameOf(id);
            return (
              <li key={id} className="flex items-center gap-1 py-0.5 pr-1 pl-3 text-sm">
                <span className="w-6 shrink-0 text-xs text-ink-faint">{index + 1}</span>
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <IconButton
                  label={`Move ${name} up`}
                  disabled={index === 0}
                  onClick={() => onChange(moved(value, index, index - 1))}
                >
                  <ArrowUp aria-hidden className="size-4" />
                </IconButton>
                <IconButton
                  label={`Move ${name} down`}
                  disabled={index === value.length - 1}
                  onClick={() => onChange(moved(value, index, index + 1))}
                >
                  <ArrowDown aria-hidden className="size-4" />
                </IconButton>
                <IconButton
                  label={`Take ${name} out`}
                  onClick={() => onChange(value.filter((each) => each !== id))}
                >
                  <X aria-hidden className="size-4" />
                </IconButton>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
