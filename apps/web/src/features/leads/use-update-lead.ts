import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import type { LeadDetail, Outputs } from '../../lib/contract.ts';
import type { LeadState } from '../../lib/lead-search.ts';
import { api, trpc } from '../../lib/trpc.ts';

export interface LeadChange {
  readonly state?: LeadState;
  readonly tags?: string[];
  readonly notes?: string;
}

type LeadPage = Outputs['leads']['list'];

/**
 * Changes a lead: shown at once, taken back where it is refused. `STALE_VERSION` says that somebody else was faster: the
 * lead is read anew, so that `mutate` with the same change is then against what they made of it.
 */
export function useUpdateLead(leadId: string) {
  const queryClient = useQueryClient();
  const queryKey = trpc.leads.get.queryKey({ id: leadId });
  return useMutation({
    mutationFn: (change: LeadChange) => {
      const version = queryClient.getQueryData(queryKey)?.version;
      if (version === undefined) throw new Error('A lead is changed that was not read');
      return api.leads.update.mutate({ id: leadId, version, ...change });
    },
    // One at a time: each has the version that the one before gave.
    scope: { id: `lead ${leadId}` },
    onMutate: async (change: LeadChange) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      queryClient.setQueryData(queryKey, (lead: LeadDetail | undefined) =>
        lead === undefined ? lead : { ...lead, ...change },
      );
      return { before };
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(queryKey, (lead: LeadDetail | undefined) =>
        // A decision changes no contact, and what is known of them besides was only read with the whole.
        lead === undefined ? lead : { ...lead, ...saved, contacts: lead.contacts },
      );
      // The row in the lists, without reading them again: rows must not move away under a person's hands.
      queryClient.setQueriesData<InfiniteData<LeadPage>>({ queryKey: trpc.leads.list.pathKey() }, (data) =>
        data === undefined
          ? data
          : {
              ...data,
              pages: data.pages.map((page) => ({
                ...page,
                items: page.items.map((item) => (item.leadId === saved.leadId ? saved : item)),
              })),
            },
      );
    },
    onError: async (_error, _change, context) => {
      if (context?.before !== undefined) queryClient.setQueryData(queryKey, context.before);
      await queryClient.invalidateQueries({ queryKey });
    },
  });
}
