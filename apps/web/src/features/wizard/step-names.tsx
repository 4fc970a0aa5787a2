import { CAMPAIGN_PRESETS, type InputSource } from '@domainflow/domain/campaign/types.ts';
import { ChoiceCards } from '@domainflow/ui/primitives/choice-cards.tsx';
import { FileUp, ListPlus, Regex, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { RefusedLines } from '../refusals/refused-lines.tsx';
import { CampaignsSource } from './campaigns-source.tsx';
import type { InputProblem } from './input-problem.ts';
import { ListSource } from './list-source.tsx';
import { PatternSource } from './pattern-source.tsx';
import { UploadSource } from './upload-source.tsx';
import type { WizardValues } from './wizard-values.ts';

const ICON = 'size-4 text-ink-faint';
const SOURCES: Readonly<Record<InputSource, { label: string; hint: string; icon: ReactNode }>> = {
  pattern: { label: 'Pattern', hint: 'A space of names', icon: <Regex aria-hidden className={ICON} /> },
  list: {
    label: 'Paste a list',
    hint: 'Up to 10,000 names',
    icon: <ListPlus aria-hidden className={ICON} />,
  },
  upload: {
    label: 'Upload a file',
    hint: 'A .txt of any length',
    icon: <FileUp aria-hidden className={ICON} />,
  },
  campaigns: {
    label: 'Other campaigns',
    hint: 'Names that they hold',
    icon: <Workflow aria-hidden className={ICON} />,
  },
};

interface StepNamesProps {
  file: File | null;
  onFileChange: (file: File | null) => void;
  /** What is wrong with the input as a whole, where no single field is at fault. */
  problem: InputProblem | null;
  /** Called as the names change: what was said of the old ones no longer holds. */
  onEdit: () => void;
}

/** Where the names come from. */
export function StepNames({ file, onFileChange, problem, onEdit }: StepNamesProps) {
  const { setValue } = useFormContext<WizardValues>();
  const [campaignType, source] = useWatch<WizardValues, ['campaignType', 'source']>({
    name: ['campaignType', 'source'],
  });
  const error = problem?.message ?? null;
  const refusal = problem?.refusal ?? null;
  return (
    <div className="space-y-5">
      <ChoiceCards
        legend="Names come from"
        value={source}
        onChange={(next) => {
          setValue('source', next);
          onEdit();
        }}
        choices={CAMPAIGN_PRESETS[campaignType].sources.map((value) => ({ value, ...SOURCES[value] }))}
      />
      {source === 'pattern' ? <PatternSource /> : null}
      {source === 'list' ? <ListSource problem={problem} onEdit={onEdit} /> : null}
      {source === 'upload' ? (
        <div className="space-y-3">
          <UploadSource file={file} onChange={onFileChange} error={error} />
          {refusal === null ? null : <RefusedLines lines={refusal.first} total={refusal.rejected} />}
        </div>
      ) : null}
      {source === 'campaigns' ? <CampaignsSource error={error} /> : null}
    </div>
  );
}
