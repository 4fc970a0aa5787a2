import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { PageHeader } from '@domainflow/ui/blocks/page-header.tsx';
import { Stepper } from '@domainflow/ui/blocks/stepper.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Play } from 'lucide-react';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { toast } from 'sonner';
import type { PhaseConfigError } from '../features/phases/phase-config.ts';
import { ErrorNotice } from '../features/shell/error-notice.tsx';
import {
  type InputProblem,
  problemBeforeSending,
  problemOfAnswer,
} from '../features/wizard/input-problem.ts';
import { placeOfProblem } from '../features/wizard/problem-place.ts';
import { StepBasics } from '../features/wizard/step-basics.tsx';
import { StepNames } from '../features/wizard/step-names.tsx';
import { StepPhases } from '../features/wizard/step-phases.tsx';
import { StepReview } from '../features/wizard/step-review.tsx';
import { STEP, STEPS } from '../features/wizard/steps.ts';
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

  /** Brings a person to what the API complains about. */
  const showProblem = (error: unknown): void => {
    const values = form.getValues();
    const place = placeOfProblem(error, values.pattern.strategy);
    if (place !== null) setStep(place.step);
    switch (place?.at) {
      case 'field':
        form.setError(place.field, { message: toAppError(error).message });
        break;
      case 'names':
        setInputProblem(problemOfAnswer(error, values));
        break;
      case 'phase':
        setPhaseErrors({ [place.phase]: place.problem });
        break;
      case 'step':
      case undefined:
        setUnplacedError(error);
    }
  };

  const goOn = async (): Promise<void> => {
    if (
      step === STEP.campaign &&
      !(await form.trigger(['campaignName', 'description'], { shouldFocus: true }))
    )
      return;
    if (step === STEP.names) {
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
        onError: showProblem,
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
          if (step < STEP.review) void goOn();
        }}
        className="max-w-4xl space-y-4"
      >
        <Stepper label="Steps" steps={STEPS} current={step} onSelect={setStep} />
        <Card className="p-4 sm:p-6" aria-label={STEPS[step]}>
          {step === STEP.campaign ? <StepBasics /> : null}
          {step === STEP.names ? (
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
          {step === STEP.phases ? (
            <StepPhases
              configs={configs}
              onChange={(changed) => setConfigs({ ...chosenConfigs, ...changed })}
              errors={phaseErrors}
            />
          ) : null}
          {step === STEP.review ? <StepReview file={file} configs={configs} onGoTo={setStep} /> : null}
        </Card>
        {unplacedError === null ? null : (
          <ErrorNotice error={unplacedError} title="The campaign could not be created" />
        )}
        <div className="flex flex-wrap justify-between gap-2">
          {step === STEP.campaign ? (
            <span />
          ) : (
            <Button icon={<ArrowLeft aria-hidden className="size-4" />} onClick={() => setStep(step - 1)}>
              Back
            </Button>
          )}
          {step < STEP.review ? (
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
