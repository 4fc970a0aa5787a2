import { CAMPAIGN_PRESETS, type InputSource } from '@domainflow/domain/campaign/types.ts';
import { ChoiceCards } from '@domainflow/ui/primitives/choice-cards.tsx';
import { BookOpen, FileUp, Keyboard, ListPlus, Regex, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { RefusedLines } from '../refusals/refused-lines.tsx';
import { UploadSource } from '../uploads/upload-source.tsx';
import { CampaignsSource } from './campaigns-source.tsx';
import type { InputProblem } from './input-problem.ts';
import { ListSource } from './list-source.tsx';
import { PatternSource } from './pattern-source.tsx';
import { STRATEGIES, type Strategy } from './pattern-values.ts';
import type { WizardValues } from './wizard-values.ts';

type Origin = Strategy | Exclude<InputSource, 'pattern'>;

const ICON = 'size-4 text-ink-faint';
const ORIGINS: Readonly<Record<Origin, { label: string; hint: string; icon: ReactNode }>> = {
  affix: {
    label: 'Pattern',
    hint: 'All combinations of characters around a word',
    icon: <Regex aria-hidden className={ICON} />,
  },
  dictionary: {
    label: 'Dictionary',
    hint: 'Words of one or more lists, joined',
    icon: <BookOpen aria-hidden className={ICON} />,
  },
  typosquat: {
    label: 'Typosquats',
    hint: 'Names that are mistaken for yours',
    icon: <Keyboard aria-hidden className={ICON} />,
  },
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

const originsOf = (source: InputSource): readonly Origin[] => (source === 'pattern' ? STRATEGIES : [source]);

const isStrategy = (origin: Origin): origin is Strategy => STRATEGIES.some((each) => each === origin);

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
  const { setValue, clearErrors } = useFormContext<WizardValues>();
  const [campaignType, source, strategy] = useWatch<
    WizardValues,
    ['campaignType', 'source', 'pattern.strategy']
  >({
    name: ['campaignType', 'source', 'pattern.strategy'],
  });
  const error = problem?.message ?? null;
  const refusal = problem?.refusal ?? null;
  const choose = (origin: Origin): void => {
    // What was missing of another strategy is not missing here.
    clearErrors('pattern');
    if (isStrategy(origin)) {
      setValue('source', 'pattern');
      setValue('pattern.strategy', origin);
    } else setValue('source', origin);
    onEdit();
  };
  return (
    <div className="space-y-5">
      <ChoiceCards
        legend="Names come from"
        value={source === 'pattern' ? strategy : source}
        onChange={choose}
        columns={3}
        choices={CAMPAIGN_PRESETS[campaignType].sources
          .flatMap(originsOf)
          .map((value) => ({ value, ...ORIGINS[value] }))}
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
