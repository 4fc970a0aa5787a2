import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Play, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { toAppError } from '../../lib/app-error.ts';
import type { CampaignView, PhaseView } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import { configErrorOf, readPhaseConfig } from '../phases/phase-config.ts';
import { PhaseConfigFields } from '../phases/phase-config-fields.tsx';
import { PHASE_LABELS } from '../phases/phase-labels.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { FormButtons } from '../shell/form-buttons.tsx';

interface PhaseProps {
  campaign: CampaignView;
  phase: PhaseView;
}

/** Keeps the cache in step with what a command answered. */
function useCampaignCache(campaignId: string) {
  const queryClient = useQueryClient();
  const queryKey = trpc.campaigns.get.queryKey({ id: campaignId });
  return {
    take: (view: CampaignView): void => void queryClient.setQueryData(queryKey, view),
    refetch: (): void => void queryClient.invalidateQueries({ queryKey }),
  };
}

function ConfigureForm({ campaign, phase, onDone }: PhaseProps & { onDone: () => void }) {
  const cache = useCampaignCache(campaign.campaignId);
  const [config, setConfig] = useState(() => readPhaseConfig(phase.phase, phase.config));
  const configure = useMutation(
    trpc.campaigns.configurePhase.mutationOptions({
      onSuccess: (view) => {
        cache.take(view);
        toast.success(`${PHASE_LABELS[phase.phase]} is configured.`);
        onDone();
      },
      onError: () => cache.refetch(),
    }),
  );
  const fieldError = configure.error === null ? null : configErrorOf(configure.error, phase.phase, 'config');
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        configure.mutate({
          id: campaign.campaignId,
          version: campaign.version,
          phase: phase.phase,
          config: { ...config },
        });
      }}
    >
      {configure.error === null || fieldError !== null ? null : <ErrorNotice error={configure.error} />}
      <PhaseConfigFields
        phase={phase.phase}
        phases={campaign.phases.map((each) => each.phase)}
        config={config}
        onChange={setConfig}
        error={fieldError}
      />
      <FormButtons onCancel={onDone} submit="Save" isBusy={configure.isPending} />
    </form>
  );
}

/** Configure and start, where the phase takes them now. */
export function PhaseActions({ campaign, phase, isNext }: PhaseProps & { isNext: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const cache = useCampaignCache(campaign.campaignId);
  const start = useMutation(
    trpc.campaigns.startPhase.mutationOptions({
      onSuccess: (view) => {
        cache.take(view);
        toast.success(`Started: ${PHASE_LABELS[phase.phase]}`);
      },
      onError: (error) => {
        toast.error(toAppError(error).message);
        cache.refetch();
      },
    }),
  );
  const canConfigure =
    phase.phase !== 'generation' &&
    (phase.status === 'pending' || phase.status === 'configured' || phase.status === 'failed') &&
    campaign.status !== 'cancelled';
  const canStart = campaign.mode === 'step_by_step' && isNext && campaign.allowedCommands.includes('start');
  if (!canConfigure && !canStart) return null;
  return (
    <div className="mt-auto flex flex-wrap gap-2">
      {canConfigure ? (
        <Button
          size="sm"
          icon={<Settings2 aria-hidden className="size-3.5" />}
          aria-label={`Configure ${phase.label}`}
          onClick={() => setOpen(true)}
        >
          Configure
        </Button>
      ) : null}
      {canStart ? (
        <Button
          size="sm"
          look="primary"
          icon={<Play aria-hidden className="size-3.5" />}
          aria-label={`Start ${phase.label}`}
          busy={start.isPending}
          onClick={() =>
            start.mutate({ id: campaign.campaignId, version: campaign.version, phase: phase.phase })
          }
        >
          Start phase
        </Button>
      ) : null}
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={`Configure ${phase.label}`}>
        <ConfigureForm campaign={campaign} phase={phase} onDone={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}
