import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { PersonaView } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { HostsField, PageField, useHttpTarget } from './http-test-fields.tsx';
import { PersonaTestResult } from './persona-test-result.tsx';

/** Tests a saved persona: resolvers at once, pages once it is said which. */
export function TestPersonaButton({ persona }: { persona: PersonaView }) {
  const [isOpen, setOpen] = useState(false);
  const { page, hosts, target } = useHttpTarget();
  const test = useMutation(trpc.personas.test.mutationOptions());
  const isHttp = persona.kind === 'http';
  const run = (): void => test.mutate({ id: persona.personaId, ...target });
  const open = (): void => {
    setOpen(true);
    if (!isHttp) run();
  };
  return (
    <>
      <Button
        size="sm"
        className="relative z-10"
        icon={<FlaskConical aria-hidden className="size-3.5" />}
        aria-label={`Test ${persona.name}`}
        onClick={open}
      >
        Test
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={`Test of ${persona.name}`}>
        <form
          noValidate
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            run();
          }}
        >
          {isHttp ? (
            <>
              <PageField {...page} />
              <HostsField {...hosts} />
            </>
          ) : null}
          <div aria-live="polite">
            {test.isPending ? (
              <div role="status" aria-label="Testing" className="space-y-2">
                <Skeleton className="h-10 w-full" />
                <Skeleton className="h-24 w-full" />
              </div>
            ) : null}
            {test.error === null ? null : (
              <ErrorNotice error={test.error} title="The test could not be made" />
            )}
            {test.data === undefined ? null : <PersonaTestResult test={test.data} />}
          </div>
          <div className="flex justify-end gap-2">
            <Button type="submit" look="primary" busy={test.isPending}>
              {test.isIdle ? 'Test' : 'Test again'}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
