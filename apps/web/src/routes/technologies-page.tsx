import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Tabs } from '@domainflow/ui/primitives/tabs.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { ImportDialog } from '../features/technologies/import-dialog.tsx';
import { ImportList } from '../features/technologies/import-list.tsx';
import { TechnologyList } from '../features/technologies/technology-list.tsx';
import { TryTechnologies } from '../features/technologies/try-technologies.tsx';
import { useMe } from '../lib/session.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

/** What pages are built with, as analysis recognises it. */
export function TechnologiesPage() {
  useDocumentTitle('Technologies');
  const { tab = 'known' } = useSearch({ from: '/app/technologies' });
  const navigate = useNavigate({ from: '/technologies' });
  const [isImporting, setImporting] = useState(false);
  const isAdmin = useMe()?.role === 'admin';
  const startImport = (): void => setImporting(true);
  return (
    <>
      <PageHeader
        title="Technologies"
        description="What analysis recognises on pages: shops, content management, payment, hosting and more."
        actions={
          isAdmin ? (
            <Button look="primary" icon={<Upload aria-hidden className="size-4" />} onClick={startImport}>
              Import
            </Button>
          ) : null
        }
      />
      <Tabs
        label="Technologies"
        value={tab}
        onValueChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        items={[
          { value: 'known', label: 'Known', content: <TechnologyList /> },
          { value: 'imports', label: 'Imports', content: <ImportList onImport={startImport} /> },
          { value: 'try', label: 'Try it', content: <TryTechnologies /> },
        ]}
      />
      <ImportDialog open={isImporting} onClose={() => setImporting(false)} />
    </>
  );
}
