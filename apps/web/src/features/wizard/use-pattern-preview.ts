import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { toAppError } from '../../lib/app-error.ts';
import type { Outputs } from '../../lib/contract.ts';
import { previewPattern } from '../../lib/rest-calls.ts';
import { trpc } from '../../lib/trpc.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { formFieldOf, isPatternWhole, type PatternFields, patternOf } from './pattern-values.ts';

const DELAY_MS = 250;
const SAMPLES = 14;

export interface PatternPreviewState {
  readonly data: Outputs['campaigns']['previewPattern'] | undefined;
  /** True while what is shown belongs to an earlier pattern. */
  readonly isStale: boolean;
  /** The pattern lacks something yet: there is nothing to wait for. */
  readonly isIncomplete: boolean;
  /** The API's complaint about a field of the form. */
  readonly errorAt: (formField: string) => string | undefined;
  /** A complaint that no field of the form shows. */
  readonly otherError: unknown;
}

/** What the API makes of the pattern, a moment after the last key. */
export function usePatternPreview(fields: PatternFields): PatternPreviewState {
  const settled = useDebounced(fields, DELAY_MS);
  const isWhole = isPatternWhole(settled);
  const input = { pattern: patternOf(settled), samples: SAMPLES };
  const preview = useQuery({
    queryKey: trpc.campaigns.previewPattern.queryKey(input),
    queryFn: ({ signal }) => previewPattern(input, signal),
    enabled: isWhole,
    placeholderData: keepPreviousData,
    // How far a pattern has been given out changes as campaigns start.
    staleTime: 0,
    retry: false,
  });
  const problem = !isWhole || preview.error === null ? null : toAppError(preview.error);
  const apiField = problem?.field?.startsWith('pattern.') === true ? problem.field.slice(8) : null;
  const formField = apiField === null ? null : formFieldOf(apiField, settled.strategy);
  return {
    data: isWhole && preview.error === null ? preview.data : undefined,
    isStale: preview.isPlaceholderData || settled !== fields,
    isIncomplete: !isWhole,
    errorAt: (name) => (formField === name ? problem?.message : undefined),
    otherError: formField === null && isWhole ? preview.error : null,
  };
}
