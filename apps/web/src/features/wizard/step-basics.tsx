import { CAMPAIGN_PRESETS, CAMPAIGN_TYPES, type CampaignType } from '@domainflow/domain/campaign/types.ts';
import { ChoiceCards } from '@domainflow/ui/primitives/choice-cards.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { Controller, useFormContext } from 'react-hook-form';
import type { WizardValues } from './wizard-values.ts';

const HINTS: Readonly<Record<CampaignType, string>> = {
  pipeline: 'Names, DNS, websites and leads in one run.',
  generation: 'Writes names from a pattern, and stops there.',
  dns: 'Finds out which names of a list exist.',
  http: 'Visits the websites of a list.',
  lead: 'Reads and scores pages of a list.',
};

const ORDER = CAMPAIGN_TYPES.toSorted(
  (one, other) => Number(other === 'pipeline') - Number(one === 'pipeline'),
);

/** What the campaign is called, and what it is to do. */
export function StepBasics() {
  const { register, control, formState, setValue } = useFormContext<WizardValues>();
  const changeType = (type: CampaignType): void => {
    setValue('campaignType', type);
    const [firstSource] = CAMPAIGN_PRESETS[type].sources;
    if (firstSource !== undefined) setValue('source', firstSource);
  };
  return (
    <div className="space-y-5">
      <Field label="Name" error={formState.errors.campaignName?.message}>
        {(field) => (
          <Input
            {...field}
            {...register('campaignName')}
            placeholder="Bakeries in .de"
            autoComplete="off"
            autoFocus
          />
        )}
      </Field>
      <Field label="Description" aside="optional" error={formState.errors.description?.message}>
        {(field) => <Textarea {...field} {...register('description')} rows={2} />}
      </Field>
      <Controller
        control={control}
        name="campaignType"
        render={({ field }) => (
          <ChoiceCards
            legend="What it does"
            value={field.value}
            onChange={changeType}
            columns={3}
            choices={ORDER.map((type) => ({
              value: type,
              label: CAMPAIGN_PRESETS[type].label,
              hint: HINTS[type],
            }))}
          />
        )}
      />
    </div>
  );
}
