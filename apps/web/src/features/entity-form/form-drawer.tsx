import { Drawer } from '@domainflow/ui/primitives/dialog.tsx';
import { type ComponentProps, createContext, useContext, useEffect, useRef, useState } from 'react';
import { DiscardDialog } from '../shell/discard-dialog.tsx';

const ReportDirty = createContext<(isDirty: boolean) => void>(() => {});

/** Tells the drawer around a form whether something in it is not saved. */
export function useReportDirty(isDirty: boolean): void {
  const report = useContext(ReportDirty);
  useEffect(() => {
    report(isDirty);
    return () => report(false);
  }, [isDirty, report]);
}

/** A drawer with a form, which asks before Esc or a click beside it takes away what is not saved. */
export function FormDrawer({ onClose, children, ...drawer }: ComponentProps<typeof Drawer>) {
  const dirty = useRef(false);
  const [report] = useState(
    () =>
      (isDirty: boolean): void =>
        void (dirty.current = isDirty),
  );
  const [isAsking, setAsking] = useState(false);
  return (
    <Drawer {...drawer} onClose={() => (dirty.current ? setAsking(true) : onClose())}>
      <ReportDirty value={report}>{children}</ReportDirty>
      <DiscardDialog open={isAsking} onStay={() => setAsking(false)} onDiscard={onClose} />
    </Drawer>
  );
}
