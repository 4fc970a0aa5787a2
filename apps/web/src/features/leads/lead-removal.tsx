import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { LeadDetail } from '../../lib/contract.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { DetailHeading } from './lead-details.tsx';

/** Takes the domain of a lead out of all work to come. */
export function LeadRemoval({ lead }: { lead: LeadDetail }) {
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const suppress = useMutation({
    mutationFn: () => api.suppressions.create.mutate({ entries: [lead.domain], reason: 'From its lead' }),
    onSuccess: async () => {
      toast.success(`Suppressed: ${lead.domain}`);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: trpc.leads.pathKey() }),
        queryClient.invalidateQueries({ queryKey: trpc.suppressions.pathKey() }),
      ]);
    },
  });
  if (lead.isSuppressed) return null;
  return (
    <section className="space-y-2 border-t border-line pt-4">
      <DetailHeading as="h3">Leave it alone</DetailHeading>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          look="danger"
          icon={<Ban aria-hidden className="size-3.5" />}
          busy={suppress.isPending}
          onClick={() => setAsking(true)}
        >
          Suppress
        </Button>
      </div>
      {suppress.error === null ? null : (
        <ErrorNotice error={suppress.error} title="The domain was not suppressed" />
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Suppress ${lead.domain}?`}
        confirmLabel="Suppress domain"
        onConfirm={() => suppress.mutate()}
      >
        It and everything below it is not fetched again, and left out of exports. Its contacts are no longer
        shown. What is stored stays, and comes back when the suppression is deleted.
      </ConfirmDialog>
    </section>
  );
}
