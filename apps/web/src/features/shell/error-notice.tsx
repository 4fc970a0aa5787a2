import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { toAppError } from '../../lib/app-error.ts';

interface ErrorNoticeProps {
  error: unknown;
  /** What could not be done: `The campaign could not be loaded`. */
  title?: string;
  onRetry?: () => void;
  retryLabel?: string;
  className?: string;
}

/** The message of a failed call, near its place. */
export function ErrorNotice({
  error,
  title,
  onRetry,
  retryLabel = 'Try again',
  className,
}: ErrorNoticeProps) {
  const { message } = toAppError(error);
  return (
    <Notice
      tone="bad"
      {...(title === undefined ? {} : { title })}
      {...(className === undefined ? {} : { className })}
      action={
        onRetry === undefined ? null : (
          <Button size="sm" onClick={onRetry}>
            {retryLabel}
          </Button>
        )
      }
    >
      {message}
    </Notice>
  );
}
