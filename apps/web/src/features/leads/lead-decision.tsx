import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { useState } from 'react';
import { toAppError } from '../../lib/app-error.ts';
import type { LeadDetail } from '../../lib/contract.ts';
import { LEAD_STATES } from '../../lib/lead-search.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { UnsavedGuard } from '../shell/unsaved-guard.tsx';
import { STATE_LABELS } from './lead-words.ts';
import { TagsField } from './tags-field.tsx';
import { useUpdateLead } from './use-update-lead.ts';

const OPTIONS = LEAD_STATES.map((state) => ({ value: state, label: STATE_LABELS[state] }));

/** What a person makes of a lead: state and tags are saved as they are chosen, notes with their button. */
export function LeadDecision({ lead }: { lead: LeadDetail }) {
  const update = useUpdateLead(lead.leadId);
  /** Null: as they are stored. */
  const [notes, setNotes] = useState<string | null>(null);
  const isStale = update.error !== null && toAppError(update.error).code === 'STALE_VERSION';
  const refused = update.variables;
  const saveNotes = (): void => {
    if (notes !== null) update.mutate({ notes }, { onSuccess: () => setNotes(null) });
  };
  return (
    <section aria-label="Decision" className="space-y-3">
      <UnsavedGuard isDirty={notes !== null} />
      <Segmented
        label="State"
        value={lead.state}
        options={OPTIONS}
        onChange={(state) => update.mutate({ state })}
      />
      <TagsField tags={lead.tags} onChange={(tags) => update.mutate({ tags })} />
      <Field label="Notes">
        {(field) => (
          <Textarea
            {...field}
            rows={2}
            maxLength={10_000}
            value={notes ?? lead.notes}
            placeholder="Who you spoke to, what comes next"
            onChange={(event) => setNotes(event.target.value === lead.notes ? null : event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) saveNotes();
            }}
          />
        )}
      </Field>
      {notes === null ? null : (
        <div className="flex gap-2">
          <Button size="sm" look="primary" busy={update.isPending} onClick={saveNotes}>
            Save notes
          </Button>
          <Button size="sm" look="ghost" onClick={() => setNotes(null)}>
            Discard
          </Button>
        </div>
      )}
      {isStale && refused !== undefined ? (
        <Notice
          tone="warn"
          title="Somebody changed this lead meanwhile"
          action={
            <Button
              size="sm"
              busy={update.isPending}
              onClick={() => update.mutate(refused, { onSuccess: () => setNotes(null) })}
            >
              Save mine too
            </Button>
          }
        >
          Your change was not saved. What you see now is theirs.
        </Notice>
      ) : null}
      {update.error === null || isStale ? null : (
        <ErrorNotice error={update.error} title="The change was not saved" />
      )}
    </section>
  );
}
