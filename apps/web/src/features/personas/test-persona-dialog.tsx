import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { PersonaView } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PersonaTestResult } from './persona-test-result.tsx';

/** Tests a saved persona at once, and shows what was found. */
export function TestPersonaButton({ persona }: { persona: PersonaView }) {
  const [isOpen, setOpen] = useState(false);
  const test = useMutation(trpc.personas.test.mutationOptions());
  const run = (): void => {
    setOpen(true);
    test.mutate({ id: persona.personaId });
  };
  return (
    <>
      <Button
        size="sm"
        className="relative z-10"
        icon={<FlaskConical aria-hidden className="size-3.5" />}
        aria-label={`Test ${persona.name}`}
        onClick={run}
      >
        Test
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={`Test of ${persona.name}`}>
        <div aria-live="polite">
          {test.isPending ? (
            <div role="status" aria-label="Testing" className="space-y-2">
              <Skeleton className="h-10 w-full" />
              <Skeleton className="h-24 w-full" />
            </div>
          ) : null}
          {test.error === null ? null : <ErrorNotice error={test.error} title="The test could not be made" />}
          {test.data === undefined ? null : <PersonaTestResult test={test.data} />}
        </div>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={run} busy={test.isPending}>
            Test again
          </Button>
        </div>
      </Dialog>
    </>
  );
}
