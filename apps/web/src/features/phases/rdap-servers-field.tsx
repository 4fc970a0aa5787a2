import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Plus, X } from 'lucide-react';

interface RdapServer {
  tld: string;
  url: string;
}

interface RdapServersFieldProps {
  servers: readonly RdapServer[];
  onChange: (servers: RdapServer[]) => void;
  error: string | undefined;
}

/** RDAP servers that are asked before the ones that are known anyway. */
export function RdapServersField({ servers, onChange, error }: RdapServersFieldProps) {
  const set = (index: number, change: Partial<RdapServer>): void =>
    onChange(servers.map((server, at) => (at === index ? { ...server, ...change } : server)));
  return (
    <fieldset className="max-w-lg">
      <legend className="text-sm font-medium">RDAP servers of your own</legend>
      <p className="mb-1.5 text-xs text-ink-faint">
        None: those that the operator and IANA list. <span className="font-mono">*</span> stands for all TLDs.
      </p>
      <ul className="space-y-1.5">
        {servers.map((server, index) => (
          // Rows have no identity but their place.
          <li key={`${index}`} className="grid grid-cols-[5rem_minmax(0,1fr)_2rem] gap-1.5">
            <Input
              aria-label={`TLD of RDAP server ${index + 1}`}
              value={server.tld}
              onChange={(event) => set(index, { tld: event.target.value })}
              placeholder="com"
              spellCheck={false}
              autoCapitalize="none"
              className="font-mono"
            />
            <Input
              aria-label={`URL of RDAP server ${index + 1}`}
              value={server.url}
              onChange={(event) => set(index, { url: event.target.value })}
              placeholder="https://rdap.example/"
              spellCheck={false}
              className="font-mono"
            />
            <IconButton
              label={`Remove RDAP server ${index + 1}`}
              onClick={() => onChange(servers.filter((_, at) => at !== index))}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
      {error === undefined ? null : (
        <p role="alert" className="mt-1 text-xs text-bad-ink">
          {error}
        </p>
      )}
      <Button
        size="sm"
        className="mt-2"
        icon={<Plus aria-hidden className="size-3.5" />}
        onClick={() => onChange([...servers, { tld: '', url: '' }])}
      >
        Add a server
      </Button>
    </fieldset>
  );
}
