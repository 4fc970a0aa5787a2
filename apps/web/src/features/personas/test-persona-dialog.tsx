import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Dialog } from '@domainflow/ui/primitives/dialog.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Skeleton } from '@domainflow/ui/primitives/skeleton.tsx';
import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { PersonaView } from '../../lib/contract.ts';
import { trpc } from '../../lib/trpc.ts';
import { PersonaField } from '../phases/persona-field.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PersonaTestResult } from './persona-test-result.tsx';

/** Tests a saved persona: resolvers at once, pages once it is said which. */
export function TestPersonaButton({ persona }: { persona: PersonaView }) {
  const [isOpen, setOpen] = useState(false);
  const [url, setUrl] = useState('');
  const [dnsPersonaId, setDnsPersonaId] = useState<string | null>(null);
  const test = useMutation(trpc.personas.test.mutationOptions());
  const isHttp = persona.kind === 'http';
  const run = (): void =>
    test.mutate({
      id: persona.personaId,
      ...(url.trim() === '' ? {} : { url: url.trim() }),
      ...(dnsPersonaId === null ? {} : { dnsPersonaId }),
    });
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
      <Dialog open={isOpen} onOpenChange={setOpen} title={`Test of ${persona.name}`}>
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
              <Field label="Page" aside="optional">
                {(field) => (
                  <Input
                    {...field}
                    value={url}
                    onChange={(event) => setUrl(event.target.value)}
                    type="url"
                    placeholder="https://example.com/"
                    spellCheck={false}
                  />
                )}
              </Field>
              <PersonaField
                kind="dns"
                label="Hosts looked up by"
                hint=""
                value={dnsPersonaId}
                onChange={setDnsPersonaId}
              />
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
