import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Tabs } from '@domainflow/ui/primitives/tabs.tsx';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { FormDrawer } from '../features/entity-form/form-drawer.tsx';
import { PoolForm } from '../features/proxies/pool-form.tsx';
import { PoolList } from '../features/proxies/pool-list.tsx';
import { ProxyForm } from '../features/proxies/proxy-form.tsx';
import { ProxyList } from '../features/proxies/proxy-list.tsx';
import type { ProxyView } from '../features/proxies/proxy-words.ts';
import { Loaded } from '../features/shell/loaded.tsx';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

/** The pool as it is now, with its members: lists have their number only. */
function OpenPool({ poolId, onDone }: { poolId: string; onDone: () => void }) {
  const pool = useQuery(trpc.proxyPools.get.queryOptions({ id: poolId }));
  return (
    <Loaded query={pool} what="pool">
      {(data) => <PoolForm pool={data} onDone={onDone} />}
    </Loaded>
  );
}

type Open = { readonly proxy: ProxyView } | { readonly poolId: string } | 'new' | null;

/** Proxies, and the pools that campaigns fetch pages through. */
export function ProxiesPage() {
  useDocumentTitle('Proxies');
  const { tab = 'proxies' } = useSearch({ from: '/app/proxies' });
  const navigate = useNavigate({ from: '/proxies' });
  const [open, setOpen] = useState<Open>(null);
  const [checkUrl, setCheckUrl] = useState('');
  const close = (): void => setOpen(null);
  const create = (): void => setOpen('new');
  const what = tab === 'proxies' ? 'proxy' : 'pool';
  const title = open === null || open === 'new' ? `New ${what}` : 'proxy' in open ? open.proxy.name : 'Pool';
  return (
    <>
      <PageHeader
        title="Proxies"
        description="Campaigns fetch pages through a pool of proxies, or directly. Passwords are kept sealed and never shown."
        actions={
          <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={create}>
            New {what}
          </Button>
        }
      />
      <Tabs
        label="Proxies or pools"
        value={tab}
        onValueChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        items={(['proxies', 'pools'] as const).map((each) => ({
          value: each,
          label: each === 'proxies' ? 'Proxies' : 'Pools',
          content: (
            <div className="space-y-4">
              {each === 'proxies' ? (
                <ProxyList checkUrl={checkUrl} onOpen={(proxy) => setOpen({ proxy })} onCreate={create} />
              ) : (
                <PoolList checkUrl={checkUrl} onOpen={(poolId) => setOpen({ poolId })} onCreate={create} />
              )}
              <Field
                label="Page for checks"
                aside="optional"
                className="max-w-lg"
                hint="What a check fetches through the proxy. Left empty: a page that tells the address it was asked from."
              >
                {(field) => (
                  <Input
                    {...field}
                    type="url"
                    value={checkUrl}
                    onChange={(event) => setCheckUrl(event.target.value)}
                    placeholder="https://example.com/"
                    spellCheck={false}
                  />
                )}
              </Field>
            </div>
          ),
        }))}
      />
      <FormDrawer open={open !== null} onClose={close} title={title}>
        {open === null ? null : open === 'new' ? (
          tab === 'proxies' ? (
            <ProxyForm proxy={null} onDone={close} />
          ) : (
            <PoolForm pool={null} onDone={close} />
          )
        ) : 'proxy' in open ? (
          <ProxyForm proxy={open.proxy} onDone={close} />
        ) : (
          <OpenPool poolId={open.poolId} onDone={close} />
        )}
      </FormDrawer>
    </>
  );
}
