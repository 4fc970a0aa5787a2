import { useBlocker } from '@tanstack/react-router';
import { DiscardDialog } from './discard-dialog.tsx';

/**
 * Asks before a page with changes that are not saved is left, by a link, by Back or by closing the tab. What leaves it after
 * saving navigates with `ignoreBlocker`.
 */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return <DiscardDialog open={status === 'blocked'} onStay={() => reset?.()} onDiscard={() => proceed?.()} />;
}
