import { Button } from '@domainflow/ui/primitives/button.tsx';
import { HeartPulse } from 'lucide-react';

interface CheckButtonProps {
  /** What is checked. */
  name: string;
  /** The page that is fetched; empty: one that says from where it was asked. */
  checkUrl: string;
  isBusy: boolean;
  onCheck: (page: { url?: string }) => void;
  children: string;
}

/** Checks a proxy or a pool, in a row that is a button itself. */
export function CheckButton({ name, checkUrl, isBusy, onCheck, children }: CheckButtonProps) {
  const url = checkUrl.trim();
  return (
    <Button
      size="sm"
      className="relative z-10"
      icon={<HeartPulse aria-hidden className="size-3.5" />}
      aria-label={`Check ${name}`}
      busy={isBusy}
      onClick={() => onCheck(url === '' ? {} : { url })}
    >
      {children}
    </Button>
  );
}
