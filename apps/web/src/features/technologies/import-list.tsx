import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { EmptyState } from '@domainflow/ui/blocks/empty-state.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileJson } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { Outputs } from '../../lib/contract.ts';
import { formatInstant } from '../../lib/format.ts';
import { useMe } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { LoadedList } from '../shell/loaded.tsx';
import { ImportResult } from './import-result.tsx';

type ImportView = Outputs['technologies']['listImports']['items'][number];

function ImportCard({ result, canDelete }: { result: ImportView; canDelete: boolean }) {
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.technologies.deleteImport.mutationOptions({
      onSuccess: () => {
        toast.success(`Deleted: ${result.name}`);
      },
      onError: (error) => toast.error(toAppError(error).message),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.technologies.pathKey() }),
    }),
  );
  return (
    <Card className="space-y-3 p-4">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-sm font-semibold break-words">{result.name}</h3>
          <p className="text-xs text-ink-faint">{formatInstant(result.createdAt)}</p>
        </div>
        {canDelete ? (
          <Button
            size="sm"
            look="danger"
            aria-label={`Delete ${result.name}`}
            busy={remove.isPending}
            onClick={() => setAsking(true)}
          >
            Delete
          </Button>
        ) : null}
      </div>
      <ImportResult result={result} />
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Delete ${result.name}?`}
        confirmLabel="Delete set"
        onConfirm={() => remove.mutate({ id: result.technologyImportId })}
      >
        What was found with it stays. Analyses under way keep it from being deleted.
      </ConfirmDialog>
    </Card>
  );
}

/** The sets that were imported, with what was refused of each. */
export function ImportList({ onImport }: { onImport: () => void }) {
  const isAdmin = useMe()?.role === 'admin';
  const list = useQuery(trpc.technologies.listImports.queryOptions({}));
  const items = list.data?.items ?? [];
  return (
    <LoadedList
      query={list}
      what="imports"
      isEmpty={items.length === 0}
      empty={
        <EmptyState
          icon={<FileJson aria-hidden className="size-5" />}
          title="Nothing was imported"
          action={isAdmin ? <Button onClick={onImport}>Import fingerprints</Button> : undefined}
        >
          Our own fingerprints work without. An administrator can add sets in the community’s JSON format.
        </EmptyState>
      }
    >
      <ul className="space-y-3">
        {items.map((result) => (
          <li key={result.technologyImportId}>
            <ImportCard result={result} canDelete={isAdmin} />
          </li>
        ))}
      </ul>
    </LoadedList>
  );
}
