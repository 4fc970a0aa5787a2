import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';

interface AdvancedSectionProps {
  title?: ReactNode;
  /** A field inside is at fault: it is then open, so that the fault is seen. */
  hasError: boolean;
  children: ReactNode;
}

/** Fields that few need, behind one click. */
export function AdvancedSection({ title = 'Advanced', hasError, children }: AdvancedSectionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      open={isOpen || hasError}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-lg ring-1 ring-line"
    >
      <summary className="flex list-none items-center gap-1.5 rounded-lg px-3 py-2 text-sm font-medium hover:bg-sunken">
        <ChevronRight
          aria-hidden
          className="size-4 text-ink-faint transition-transform group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="space-y-4 border-t border-line p-3">{children}</div>
    </details>
  );
}
