import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useState } from 'react';
import { PersonaField } from '../phases/persona-field.tsx';

/** What a test of an HTTP persona may be told: which page, and which persona looks hosts up. */
export function useHttpTarget() {
  const [url, setUrl] = useState('');
  const [dnsPersonaId, setDnsPersonaId] = useState<string | null>(null);
  return {
    page: { value: url, onChange: setUrl },
    hosts: { value: dnsPersonaId, onChange: setDnsPersonaId },
    /** The part of the call's input: what is left empty is left out. */
    target: {
      ...(url.trim() === '' ? {} : { url: url.trim() }),
      ...(dnsPersonaId === null ? {} : { dnsPersonaId }),
    },
  };
}
type HttpTarget = ReturnType<typeof useHttpTarget>;

export function PageField({ value, onChange }: HttpTarget['page']) {
  return (
    <Field label="Page" aside="optional">
      {(field) => (
        <Input
          {...field}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          type="url"
          placeholder="https://example.com/"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

export function HostsField(hosts: HttpTarget['hosts']) {
  return <PersonaField kind="dns" label="Hosts looked up by" hint="" {...hosts} />;
}
