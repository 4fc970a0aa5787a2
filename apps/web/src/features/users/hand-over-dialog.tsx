import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Copy } from 'lucide-react';
import { toast } from 'sonner';
import type { Outputs } from '../../lib/contract.ts';

export type HandOver = Outputs['users']['create'];

/** Shows a one-time password, the only time that it can be seen. */
export function HandOverDialog({ handOver, onClose }: { handOver: HandOver | null; onClose: () => void }) {
  const copy = (): void => {
    if (handOver === null) return;
    navigator.clipboard.writeText(handOver.oneTimePassword).then(
      () => toast.success('Copied.'),
      () => toast.error('The browser did not allow copying: select the password instead.'),
    );
  };
  return (
    <Dialog
      open={handOver !== null}
      onClose={onClose}
      title={`One-time password of ${handOver?.user.username ?? ''}`}
      description="Hand it over now: it is not shown again. It has to be changed at the first sign-in."
    >
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-sunken px-3 py-2 font-mono text-base break-all ring-1 ring-line select-all">
          {handOver?.oneTimePassword}
        </code>
        <Button icon={<Copy aria-hidden className="size-4" />} onClick={copy}>
          Copy
        </Button>
      </div>
      <div className="mt-5 flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
