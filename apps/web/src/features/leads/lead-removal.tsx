import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, Eraser } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { LeadDetail } from '../../lib/contract.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { erasedWords } from '../suppressions/erased-words.ts';
import { useSuppressionsChanged } from '../suppressions/use-suppressions-changed.ts';
import { DetailHeading } from './lead-details.tsx';

interface LeadRemovalProps {
  lead: LeadDetail;
  /** It is there no longer. */
  onErased: () => void;
}

/** Takes the domain of a lead out of all work to come, or erases what is held of it. */
export function LeadRemoval({ lead, onErased }: LeadRemovalProps) {
  const queryClient = useQueryClient();
  const changed = useSuppressionsChanged();
  const [asking, setAsking] = useState<'suppress' | 'erase' | null>(null);
  const close = (): void => setAsking(null);
  const suppress = useMutation({
    mutationFn: () => api.suppressions.create.mutate({ entries: [lead.domain], reason: 'From its lead' }),
    onSuccess: async () => {
      toast.success(`Suppressed: ${lead.domain}`);
      await changed();
    },
  });
  const erase = useMutation({
    mutationFn: () => api.leads.erase.mutate({ id: lead.leadId }),
    onSuccess: async (erased) => {
      toast.success(`Erased: ${erasedWords(erased)}`);
      onErased();
      queryClient.removeQueries({ queryKey: trpc.leads.get.pathKey() });
      await changed();
    },
  });
  return (
    <section className="space-y-2 border-t border-line pt-4">
      <DetailHeading as="h3">Leave it alone</DetailHeading>
      <div className="flex flex-wrap gap-2">
        {lead.isSuppressed ? null : (
          <Button
            size="sm"
            look="danger"
            icon={<Ban aria-hidden className="size-3.5" />}
            busy={suppress.isPending}
            onClick={() => setAsking('suppress')}
          >
            Suppress
          </Button>
        )}
        <Button
          size="sm"
          look="danger"
          icon={<Eraser aria-hidden className="size-3.5" />}
          busy={erase.isPending}
          onClick={() => setAsking('erase')}
        >
          Erase
        </Button>
      </div>
      {suppress.error === null ? null : (
        <ErrorNotice error={suppress.error} title="The domain was not suppressed" />
      )}
      {erase.error === null ? null : <ErrorNotice error={erase.error} title="Nothing was erased" />}
      <ConfirmDialog
        open={asking === 'suppress'}
        onClose={close}
        title={`Suppress ${lead.domain}?`}
        confirmLabel="Suppress domain"
        onConfirm={() => suppress.mutate()}
      >
        It and everything below it is not fetched again, and left out of exports. Its contacts are no longer
        shown. What is stored stays, and is shown again when the suppression is deleted.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'erase'}
        onClose={close}
        title={`Erase ${lead.domain}?`}
        confirmLabel="Erase for good"
        onConfirm={() => erase.mutate()}
      >
        All that is held of it and of everything below it goes, in every campaign, also those of others: leads
        with their contacts and notes, pages and results. It is suppressed from then on, by a hash that does
        not say its name. This cannot be undone.
      </ConfirmDialog>
    </section>
  );
}
