import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { toAppError } from '../../lib/app-error.ts';
import type { Outputs } from '../../lib/contract.ts';
import { previewPattern } from '../../lib/preview-pattern.ts';
import { trpc } from '../../lib/trpc.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { patternOf, type WizardValues } from './wizard-values.ts';

const DELAY_MS = 250;
const SAMPLES = 14;
const FIELDS = [
  'constantPart',
  'prefixVariableLength',
  'suffixVariableLength',
  'charSet',
  'tlds',
  'targetDomainsToGenerate',
];

export interface PatternPreviewState {
  readonly data: Outputs['campaigns']['previewPattern'] | undefined;
  /** True while what is shown belongs to an earlier pattern. */
  readonly isStale: boolean;
  readonly errorAt: (field: string) => string | undefined;
  /** A complaint that no field of the form shows. */
  readonly otherError: unknown;
}

/** What the API makes of the pattern, a moment after the last key. */
export function usePatternPreview(fields: WizardValues['pattern']): PatternPreviewState {
  const settled = useDebounced(fields, DELAY_MS);
  const pattern = patternOf({ pattern: settled });
  const areLengthsWhole =
    Number.isInteger(pattern.prefixVariableLength) && Number.isInteger(pattern.suffixVariableLength);
  const isTargetWhole =
    pattern.targetDomainsToGenerate === null || Number.isInteger(pattern.targetDomainsToGenerate);
  const input = { pattern, samples: SAMPLES };
  const preview = useQuery({
    queryKey: trpc.campaigns.previewPattern.queryKey(input),
    queryFn: ({ signal }) => previewPattern(input, signal),
    enabled: areLengthsWhole && isTargetWhole,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  const problem = preview.error === null ? null : toAppError(preview.error);
  const isAt = (field: string): boolean =>
    problem?.field === field || problem?.field?.startsWith(`${field}.`) === true;
  const isShown = FIELDS.some((name) => isAt(`pattern.${name}`));
  return {
    data: preview.error === null ? preview.data : undefined,
    isStale: preview.isPlaceholderData || settled !== fields,
    errorAt: (field) => (isAt(field) ? problem?.message : undefined),
    otherError: isShown ? null : preview.error,
  };
}
