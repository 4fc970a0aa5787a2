import type { AppError } from '../../lib/app-error.ts';
import { ErrorNotice } from './error-notice.tsx';

interface SaveProblemProps {
  problem: AppError;
  /** Gets what somebody else has saved in the meantime. */
  onReload: () => void;
}

/** Why something could not be saved, where no field is at fault. */
export function SaveProblem({ problem, onReload }: SaveProblemProps) {
  return (
    <ErrorNotice
      className="mb-3"
      error={problem}
      {...(problem.code === 'STALE_VERSION'
        ? { retryLabel: 'Load the present version', onRetry: onReload }
        : {})}
    />
  );
}
