import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Stepper } from '@domainflow/ui/blocks/stepper.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Play } from 'lucide-react';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { configErrorOf, type PhaseConfigError } from '../features/phases/phase-config.ts';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import {
  type InputProblem,
  problemBeforeSending,
  problemOfAnswer,
} from '../features/wizard/input-problem.ts';
import { formFieldOf } from '../features/wizard/pattern-values.ts';
import { StepBasics } from '../features/wizard/step-basics.tsx';
import { StepNames } from '../features/wizard/step-names.tsx';
import { StepPhases } from '../features/wizard/step-phases.tsx';
import { StepReview } from '../features/wizard/step-review.tsx';
import { UploadResult } from '../features/wizard/upload-result.tsx';
import { useCreateCampaign } from '../features/wizard/use-create-campaign.ts';
import { useStartingConfigs } from '../features/wizard/use-starting-configs.ts';
import {
  type PhaseConfigs,
  WIZARD_DEFAULTS,
  type WizardValues,
  wizardSchema,
} from '../features/wizard/wizard-values.ts';
import { toAppError } from '../lib/app-error.ts';
import { zodResolver } from '../lib/form.ts';
import { useDocumentTitle } from '../lib/use-document-title.ts';

const STEPS = ['Campaign', 'Names', 'Phases', 'Review'] as const;

export function NewCampaignPage() {
  useDocumentTitle('New campaign');
  const navigate = useNavigate();
  const form = useForm<WizardValues>({
    resolver: zodResolver(wizardSchema),
    defaultValues: WIZARD_DEFAULTS,
    mode: 'onTouched',
  });
  const [step, setStep] = useState(0);
  const [file, setFile] = useState<File | null>(null);
  const [chosenConfigs, setConfigs] = useState<PhaseConfigs>({});
  const configs = useStartingConfigs(chosenConfigs);
  const [inputProblem, setInputProblem] = useState<InputProblem | null>(null);
  const [phaseErrors, setPhaseErrors] = useState<Partial<Record<PhaseName, PhaseConfigError>>>({});
  /** The last failure, where no field shows it. */
  const [unplacedError, setUnplacedError] = useState<unknown>(null);
  const create = useCreateCampaign();

  /** Brings a person to the field that the API complains about; false where there is none. */
  const showAtField = (error: unknown): boolean => {
    const { field, message } = toAppError(error);
    if (field === 'campaignName') {
      form.setError('campaignName', { message });
      setStep(0);
      return true;
    } else if (field?.startsWith('input.pattern.') === true) {
      const name = formFieldOf(field.slice('input.pattern.'.length), form.getValues('pattern.strategy'));
      setStep(1);
      if (name === null) return false;
      form.setError(`pattern.${name}` as 'pattern', { message });
      return true;
    } else if (field?.startsWith('input') === true || field === 'file') {
      setInputProblem(problemOfAnswer(error, form.getValues()));
      setStep(1);
      return true;
    } else if (field?.startsWith('phases.') === true) {
      const phase = PHASE_NAMES.find((name) => field.split('.')[1] === name);
      const problem = phase === undefined ? null : configErrorOf(error, phase, `phases.${phase}`);
      setStep(2);
      if (phase === undefined || problem === null) return false;
      setPhaseErrors({ [phase]: problem });
      return true;
    }
    return false;
  };

  const goOn = async (): Promise<void> => {
    if (step === 0 && !(await form.trigger(['campaignName', 'description'], { shouldFocus: true }))) return;
    if (step === 1) {
      const values = form.getValues();
      const problem = problemBeforeSending(values, file);
      setInputProblem(problem);
      if (
        problem !== null ||
        (values.source === 'pattern' && !(await form.trigger('pattern', { shouldFocus: true })))
      )
        return;
    }
    setStep(step + 1);
  };

  const finish = (isStarted: boolean): void => {
    setPhaseErrors({});
    setUnplacedError(null);
    create.mutate(
      { values: form.getValues(), configs, file, isStarted },
      {
        onSuccess: (created) => {
          if (created.upload !== null && !created.isStarted) return;
          toast.success(created.isStarted ? 'The campaign has started.' : 'The campaign is a draft.');
          void navigate({
            to: '/campaigns/$campaignId',
            params: { campaignId: created.campaign.campaignId },
            search: {},
          });
        },
        onError: (error) => setUnplacedError(showAtField(error) ? null : error),
      },
    );
  };

  if (create.data?.upload !== undefined && create.data.upload !== null && !create.data.isStarted) {
    return <UploadResult campaign={create.data.campaign} upload={create.data.upload} />;
  }
  return (
    <FormProvider {...form}>
      <PageHeader title="New campaign" />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (step < STEPS.length - 1) void goOn();
        }}
        className="max-w-4xl space-y-4"
      >
        <Stepper label="Steps" steps={STEPS} current={step} onSelect={setStep} />
        <Card className="p-4 sm:p-6" aria-label={STEPS[step]}>
          {step === 0 ? <StepBasics /> : null}
          {step === 1 ? (
            <StepNames
              file={file}
              onFileChange={(next) => {
                setFile(next);
                setInputProblem(null);
              }}
              problem={inputProblem}
              onEdit={() => setInputProblem(null)}
            />
          ) : null}
          {step === 2 ? (
            <StepPhases
              configs={configs}
              onChange={(changed) => setConfigs({ ...chosenConfigs, ...changed })}
              errors={phaseErrors}
            />
          ) : null}
          {step === 3 ? <StepReview file={file} configs={configs} onGoTo={setStep} /> : null}
        </Card>
        {unplacedError === null ? null : (
          <ErrorNotice error={unplacedError} title="The campaign could not be created" />
        )}
        <div className="flex flex-wrap justify-between gap-2">
          {step === 0 ? (
            <span />
          ) : (
            <Button icon={<ArrowLeft aria-hidden className="size-4" />} onClick={() => setStep(step - 1)}>
              Back
            </Button>
          )}
          {step < STEPS.length - 1 ? (
            <Button type="submit" look="primary">
              Continue
              <ArrowRight aria-hidden className="size-4" />
            </Button>
          ) : (
            <div className="flex flex-wrap gap-2">
              <Button busy={create.isPending} onClick={() => finish(false)}>
                Create
              </Button>
              <Button
                look="primary"
                busy={create.isPending}
                icon={<Play aria-hidden className="size-4" />}
                onClick={() => finish(true)}
              >
                Create and start
              </Button>
            </div>
          )}
        </div>
      </form>
    </FormProvider>
  );
}
