import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { toAppError } from '../../lib/app-error.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { HostsField, PageField, useHttpTarget } from './http-test-fields.tsx';
import type { DnsPersonaValues, HttpPersonaInput, HttpPersonaValues } from './persona-schema.ts';
import { PersonaTestResult } from './persona-test-result.tsx';
import { addressesIn } from './resolver-text.ts';

interface TestSectionProps {
  /** Hears what the API refused, so that it stands at its field. */
  onRefused: (error: unknown) => void;
}

function useConfigTest(onRefused: (error: unknown) => void) {
  return useMutation(
    trpc.personas.testConfig.mutationOptions({
      onError: (error) => {
        if (toAppError(error).field?.startsWith('config.') === true) onRefused(error);
      },
    }),
  );
}

interface TestFrameProps {
  hint: string;
  test: ReturnType<typeof useConfigTest>;
  onTest: () => Promise<void>;
  above?: ReactNode;
  children: ReactNode;
}

function TestFrame({ hint, test, onTest, above, children }: TestFrameProps) {
  const headingId = useId();
  const isFieldError = test.error !== null && toAppError(test.error).field?.startsWith('config.') === true;
  return (
    <section aria-labelledby={headingId} className="space-y-3 border-t border-line pt-4">
      <div>
        <h3 id={headingId} className="text-sm font-semibold">
          Try it
        </h3>
        <p className="text-xs text-ink-faint">{hint}</p>
      </div>
      {above}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
        {children}
        <Button
          icon={<FlaskConical aria-hidden className="size-4" />}
          busy={test.isPending}
          onClick={() => void onTest()}
        >
          Test
        </Button>
      </div>
      <div aria-live="polite">
        {test.error === null || isFieldError ? null : (
          <ErrorNotice error={test.error} title="The test could not be made" />
        )}
        {test.data === undefined || test.isPending ? null : <PersonaTestResult test={test.data} />}
      </div>
    </section>
  );
}

/** Asks each resolver of the form as it stands. */
export function DnsTestSection({ onRefused }: TestSectionProps) {
  const { trigger, getValues } = useFormContext<DnsPersonaValues, unknown, DnsPersonaValues>();
  const [names, setNames] = useState('');
  const test = useConfigTest(onRefused);
  return (
    <TestFrame
      hint="Asks each resolver as the form stands now; nothing is saved."
      test={test}
      onTest={async () => {
        // What is not asked for yet, such as a name, stands in no test's way.
        if (!(await trigger('config', { shouldFocus: true }))) return;
        const config = dnsPersonaSchema.parse(getValues('config'));
        test.mutate({ kind: 'dns', config, names: addressesIn(names).slice(0, 5) });
      }}
    >
      <Field label="Names that exist" aside="optional">
        {(field) => (
          <Input
            {...field}
            value={names}
            onChange={(event) => setNames(event.target.value)}
            placeholder="well-known ones"
            spellCheck={false}
            autoCapitalize="none"
          />
        )}
      </Field>
    </TestFrame>
  );
}

/** Fetches a page with the form as it stands. */
export function HttpTestSection({ onRefused }: TestSectionProps) {
  const { trigger, getValues } = useFormContext<HttpPersonaInput, unknown, HttpPersonaValues>();
  const { page, hosts, target } = useHttpTarget();
  const test = useConfigTest(onRefused);
  return (
    <TestFrame
      hint="Fetches a page as the form stands now; nothing is saved."
      test={test}
      onTest={async () => {
        if (!(await trigger('config', { shouldFocus: true }))) return;
        test.mutate({ kind: 'http', config: httpPersonaSchema.parse(getValues('config')), ...target });
      }}
      above={<HostsField {...hosts} />}
    >
      <PageField {...page} />
    </TestFrame>
  );
}
