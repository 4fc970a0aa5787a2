import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Badge } from '@domainflow/ui/primitives/badge.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Tabs } from '@domainflow/ui/primitives/tabs.tsx';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Globe, Plus } from 'lucide-react';
import { useState } from 'react';
import { FormDrawer } from '../features/entity-form/form-drawer.tsx';
import { DnsPersonaForm } from '../features/personas/dns-persona-form.tsx';
import { HttpPersonaForm } from '../features/personas/http-persona-form.tsx';
import { summariseDns, summariseHttp } from '../features/personas/summarise-persona.ts';
import { TestPersonaButton } from '../features/personas/test-persona-dialog.tsx';
import { LoadedList } from '../features/shell/loaded.tsx';
import type { PersonaView } from '../lib/contract.ts';
import { trpc } from '../lib/trpc.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

type Kind = PersonaView['kind'];

const KIND_LABELS: Readonly<Record<Kind, string>> = { dns: 'DNS', http: 'HTTP' };

function PersonaList({ kind, onOpen }: { kind: Kind; onOpen: (persona: PersonaView) => void }) {
  const list = useQuery(trpc.personas.list.queryOptions({ kind, limit: 500 }));
  const items = list.data?.items ?? [];
  return (
    <LoadedList
      query={list}
      what="personas"
      isEmpty={items.length === 0}
      empty={
        <EmptyState
          icon={<Globe aria-hidden className="size-5" />}
          title={`No ${KIND_LABELS[kind]} personas`}
        />
      }
    >
      <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {items.map((persona) => (
          <li key={persona.personaId}>
            <Card className="relative flex h-full flex-col p-4 transition-colors hover:bg-sunken/70">
              <div className="flex items-start justify-between gap-2">
                <button
                  type="button"
                  onClick={() => onOpen(persona)}
                  className="min-w-0 truncate text-left text-sm font-semibold after:absolute after:inset-0 after:rounded-lg"
                >
                  {persona.name}
                </button>
                {persona.isDefault ? <Badge tone="accent">Default</Badge> : null}
              </div>
              {persona.description === '' ? null : (
                <p className="mt-0.5 text-sm text-ink-soft">{persona.description}</p>
              )}
              <p className="mt-2 text-xs break-words text-ink-faint">
                {persona.kind === 'dns' ? summariseDns(persona.config) : summariseHttp(persona.config)}
              </p>
              <p className="mt-auto flex items-end justify-between gap-2 pt-2 text-xs text-ink-faint">
                Version {persona.version}
                <TestPersonaButton persona={persona} />
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </LoadedList>
  );
}

/** How DNS is asked, and how pages are fetched. */
export function PersonasPage() {
  useDocumentTitle('Personas');
  const { kind = 'dns' } = useSearch({ from: '/app/personas' });
  const navigate = useNavigate({ from: '/personas' });
  const [open, setOpen] = useState<PersonaView | 'new' | null>(null);
  const close = (): void => setOpen(null);
  const persona = open === 'new' ? null : open;
  const formKind = persona?.kind ?? kind;
  const label = KIND_LABELS[formKind];
  return (
    <>
      <PageHeader
        title="Personas"
        description="How DNS is asked and how pages are fetched. Campaigns under way go on with what they started with."
        actions={
          <Button
            look="primary"
            icon={<Plus aria-hidden className="size-4" />}
            onClick={() => setOpen('new')}
          >
            New {KIND_LABELS[kind]} persona
          </Button>
        }
      />
      <Tabs
        label="Kind of persona"
        value={kind}
        onValueChange={(next) => void navigate({ search: { kind: next }, replace: true })}
        items={(['dns', 'http'] as const).map((each) => ({
          value: each,
          label: KIND_LABELS[each],
          content: <PersonaList kind={each} onOpen={setOpen} />,
        }))}
      />
      <FormDrawer
        open={open !== null}
        onClose={close}
        title={persona === null ? `New ${label} persona` : persona.name}
      >
        {open === null ? null : formKind === 'dns' ? (
          <DnsPersonaForm persona={persona} onDone={close} />
        ) : (
          <HttpPersonaForm persona={persona} onDone={close} />
        )}
      </FormDrawer>
    </>
  );
}
