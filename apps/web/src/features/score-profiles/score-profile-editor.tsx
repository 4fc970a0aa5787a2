import { DEFAULT_SCORE_PROFILE, type ScoreProfile } from '@domainflow/domain/scoring/score-profile.ts';
import { ConfirmDialog } from '@domainflow/ui/blocks/confirm-dialog.tsx';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { ScoreProfileView } from '../../lib/contract.ts';
import { useMe } from '../../lib/session.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { BackLink } from '../shell/back-link.tsx';
import { SaveProblem } from '../shell/save-problem.tsx';
import { UnsavedGuard } from '../shell/unsaved-guard.tsx';
import { ApplyProfile } from './apply-profile.tsx';
import { RankingPreview } from './ranking-preview.tsx';
import { sameWeights, weightErrors } from './weights.ts';
import { WeightsForm } from './weights-form.tsx';

/** The campaign that is ranked until another is chosen: the latest that has leads. */
function useFirstCampaign(): string | undefined {
  const best = useQuery(trpc.leads.list.queryOptions({ limit: 1, sort: 'updated' }));
  return best.data?.items[0]?.campaignId;
}

/** Name and weights of a profile, with their effect on a ranking; null makes a new one. */
export function ScoreProfileEditor({ profile }: { profile: ScoreProfileView | null }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const me = useMe();
  const start: ScoreProfile = profile?.weights ?? DEFAULT_SCORE_PROFILE;
  const [weights, setWeights] = useState(start);
  const [name, setName] = useState(profile?.name ?? '');
  const [description, setDescription] = useState(profile?.description ?? '');
  const [chosen, setChosen] = useState<string | null | undefined>(null);
  const first = useFirstCampaign();
  const campaignId = chosen === null ? first : chosen;
  const [isAsking, setAsking] = useState(false);

  const mayEdit = profile === null || me?.role === 'admin' || profile.createdBy === me?.userId;
  const errors = weightErrors(weights);
  const isValid = errors.size === 0;
  const isChanged =
    name.trim() !== (profile?.name ?? '') ||
    description.trim() !== (profile?.description ?? '') ||
    !sameWeights(weights, start);
  const isDirty = profile === null || isChanged;

  const forget = (): Promise<void> =>
    queryClient.invalidateQueries({ queryKey: trpc.scoreProfiles.pathKey() });
  const save = useMutation({
    mutationFn: (isDefault: boolean) =>
      profile === null
        ? api.scoreProfiles.create.mutate({ name, description, weights })
        : api.scoreProfiles.update.mutate({
            id: profile.scoreProfileId,
            version: profile.version,
            ...(isDefault ? { isDefault: true as const } : { name, description, weights }),
          }),
    onSuccess: async (saved) => {
      toast.success(`Saved: ${saved.name}`);
      queryClient.setQueryData(trpc.scoreProfiles.get.queryKey({ id: saved.scoreProfileId }), saved);
      await forget();
      if (profile === null)
        await navigate({
          to: '/score-profiles/$scoreProfileId',
          params: { scoreProfileId: saved.scoreProfileId },
          ignoreBlocker: true,
        });
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.scoreProfiles.delete.mutate({ id }),
    onSuccess: async () => {
      toast.success(`Deleted: ${profile?.name ?? ''}`);
      await navigate({ to: '/score-profiles', ignoreBlocker: true });
      await forget();
    },
    onError: (error) => toast.error(toAppError(error).message),
  });
  const problem = save.error === null ? null : toAppError(save.error);
  const nameProblem = problem?.field === 'name' ? problem.message : null;
  const canSave = mayEdit && isValid && isDirty && name.trim() !== '';
  const submit = (): void => {
    if (canSave) save.mutate(false);
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PageHeader
        above={<BackLink to="/score-profiles">Score profiles</BackLink>}
        title={profile?.name ?? 'New score profile'}
        {...(profile === null
          ? {}
          : { description: `Version ${profile.version}${profile.isDefault ? ', the default profile' : ''}` })}
        actions={
          <>
            {profile === null || profile.isDefault || !mayEdit ? null : (
              <Button look="danger" busy={remove.isPending} onClick={() => setAsking(true)}>
                Delete
              </Button>
            )}
            {mayEdit ? (
              <Button type="submit" look="primary" busy={save.isPending} disabled={!canSave}>
                {profile === null ? 'Create' : 'Save'}
              </Button>
            ) : null}
          </>
        }
      />
      {problem === null || nameProblem !== null ? null : (
        <SaveProblem problem={problem} onReload={() => void forget()} />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
        <Card className="grid gap-4 p-4 sm:grid-cols-2">
          <Field label="Name" error={nameProblem}>
            {(field) => (
              <Input
                {...field}
                value={name}
                maxLength={100}
                autoComplete="off"
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Description" aside="optional">
            {(field) => (
              <Input
                {...field}
                value={description}
                maxLength={2_000}
                autoComplete="off"
                onChange={(event) => setDescription(event.target.value)}
              />
            )}
          </Field>
          {mayEdit ? null : (
            <p className="text-xs text-ink-soft sm:col-span-2">
              Only who made it, or an administrator, may save changes. You can try out weights.
            </p>
          )}
          {profile !== null && !profile.isDefault && me?.role === 'admin' ? (
            <div className="sm:col-span-2">
              <Button size="sm" busy={save.isPending} disabled={isDirty} onClick={() => save.mutate(true)}>
                Make it the default
              </Button>
            </div>
          ) : null}
        </Card>
        <div className="space-y-3 lg:sticky lg:top-4 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <RankingPreview
            weights={weights}
            isValid={isValid}
            campaignId={campaignId}
            onCampaign={setChosen}
          />
          {profile === null ? null : (
            <ApplyProfile scoreProfileId={profile.scoreProfileId} isDirty={isDirty} campaignId={campaignId} />
          )}
        </div>
        <WeightsForm weights={weights} errors={errors} onChange={setWeights} />
      </div>
      <UnsavedGuard isDirty={mayEdit && isChanged} />
      {profile === null ? null : (
        <ConfirmDialog
          open={isAsking}
          onClose={() => setAsking(false)}
          title={`Delete ${profile.name}?`}
          confirmLabel="Delete score profile"
          onConfirm={() => remove.mutate(profile.scoreProfileId)}
        >
          Scores that were made with it stay, with their parts.
        </ConfirmDialog>
      )}
    </form>
  );
}
