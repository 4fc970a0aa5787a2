import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { PersonaField } from '../phases/persona-field.tsx';

/** Through which personas a page is fetched; null: the default one. */
export interface PagePersonas {
  readonly personaId: string | null;
  readonly dnsPersonaId: string | null;
}

/** Those that are chosen, as the API takes them. */
export const chosenOf = (personas: PagePersonas | null): { personaId?: string; dnsPersonaId?: string } => {
  const { personaId = null, dnsPersonaId = null } = personas ?? {};
  return {
    ...(personaId === null ? {} : { personaId }),
    ...(dnsPersonaId === null ? {} : { dnsPersonaId }),
  };
};

/** An address as people write it: `example.com` is one too. */
export const withScheme = (address: string): string =>
  address === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;

interface PagePersonasFieldsProps {
  value: PagePersonas;
  onChange: (personas: PagePersonas) => void;
}

/** How the page is asked for: names of the lab exist for the lab's personas only. */
export function PagePersonasFields({ value, onChange }: PagePersonasFieldsProps) {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-xs text-ink-soft">Personas</summary>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <PersonaField
          kind="http"
          label="HTTP persona"
          value={value.personaId}
          onChange={(personaId) => onChange({ ...value, personaId })}
        />
        <PersonaField
          kind="dns"
          label="DNS persona"
          value={value.dnsPersonaId}
          onChange={(dnsPersonaId) => onChange({ ...value, dnsPersonaId })}
        />
      </div>
    </details>
  );
}

interface PageNotesProps {
  page: { readonly title: string | null; readonly notes: readonly string[] };
}

/** What came from the address, and what a campaign would make of it. */
export function PageNotes({ page }: PageNotesProps) {
  return (
    <>
      {page.title === null ? null : <p className="text-xs text-ink-faint">“{page.title}”</p>}
      {page.notes.length === 0 ? null : (
        <Notice tone="warn">
          {page.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
    </>
  );
}
