import { CAMPAIGN_MODES } from '@domainflow/domain/campaign/states.ts';
import { IconButton } from '@domainflow/ui/primitives/button.tsx';
import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { z } from 'zod';
import type { AppError } from '../../lib/app-error.ts';
import type { CampaignView } from '../../lib/contract.ts';
import { showFieldError, zodResolver } from '../../lib/form.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { FormButtons } from '../shell/form-buttons.tsx';

const schema = z.object({
  campaignName: z.string().trim().min(1, 'A name is needed').max(200),
  description: z.string().max(5_000),
  notes: z.string().max(20_000),
  tags: z.array(z.string().max(50)).max(50),
  mode: z.enum(CAMPAIGN_MODES),
});
type Values = z.infer<typeof schema>;

function EditForm({ campaign, onDone }: { campaign: CampaignView; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<AppError | null>(null);
  const { register, control, handleSubmit, formState, setError } = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: {
      campaignName: campaign.campaignName,
      description: campaign.description,
      notes: campaign.notes,
      tags: campaign.tags,
      mode: campaign.mode,
    },
  });
  const queryKey = trpc.campaigns.get.queryKey({ id: campaign.campaignId });
  const update = useMutation(
    trpc.campaigns.update.mutationOptions({
      onSuccess: async (view) => {
        queryClient.setQueryData(queryKey, view);
        toast.success('Saved.');
        onDone();
        await queryClient.invalidateQueries({ queryKey: trpc.campaigns.list.pathKey() });
      },
      onError: (error) => {
        const rest = showFieldError(
          error,
          ['campaignName', 'description', 'notes', 'tags', 'mode'],
          setError,
        );
        setProblem(rest);
        if (rest?.code === 'STALE_VERSION') void queryClient.invalidateQueries({ queryKey });
      },
    }),
  );
  const { errors } = formState;
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) =>
        void handleSubmit((values) => {
          setProblem(null);
          update.mutate({ id: campaign.campaignId, version: campaign.version, ...values });
        })(event)
      }
    >
      {problem === null ? null : <ErrorNotice error={problem} />}
      <Field label="Name" error={errors.campaignName?.message}>
        {(field) => <Input {...field} {...register('campaignName')} autoComplete="off" />}
      </Field>
      <Field label="Description" error={errors.description?.message}>
        {(field) => <Textarea {...field} {...register('description')} rows={2} />}
      </Field>
      <Field label="Notes" error={errors.notes?.message}>
        {(field) => <Textarea {...field} {...register('notes')} rows={3} />}
      </Field>
      <Controller
        control={control}
        name="tags"
        render={({ field: { value, onChange } }) => (
          <Field label="Tags" error={errors.tags?.message}>
            {(field) => (
              <ChipsInput
                control={field}
                values={value}
                onChange={onChange}
                normalise={(text) => text.trim()}
              />
            )}
          </Field>
        )}
      />
      <Field label="Mode" hint="Can be changed while no phase is running." error={errors.mode?.message}>
        {(field) => (
          <Select {...field} {...register('mode')}>
            <option value="full_sequence">Full sequence</option>
            <option value="step_by_step">Step by step</option>
          </Select>
        )}
      </Field>
      <FormButtons onCancel={onDone} submit="Save" isBusy={update.isPending} />
    </form>
  );
}

/** Opens the campaign's name, notes, tags and mode for editing. */
export function EditCampaignButton({ campaign }: { campaign: CampaignView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Edit campaign" className="!size-7" onClick={() => setOpen(true)}>
        <Pencil aria-hidden className="size-3.5" />
      </IconButton>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title="Edit campaign">
        <EditForm campaign={campaign} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
