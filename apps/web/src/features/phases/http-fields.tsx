import { PersonaField } from './persona-field.tsx';
import type { PhaseConfig } from './phase-config.ts';

interface HttpFieldsProps {
  config: PhaseConfig;
  hasDnsPhase: boolean;
  onChange: (config: PhaseConfig) => void;
  errorAt: (field: keyof PhaseConfig) => string | undefined;
}

/**
 * How pages are fetched, and whose resolvers are asked on the way. Without a DNS phase no name comes with an address:
 * the resolvers then decide what is found, and stand first.
 */
export function HttpFields({ config, hasDnsPhase, onChange, errorAt }: HttpFieldsProps) {
  const lookups = (
    <PersonaField
      kind="dns"
      label="Resolvers"
      value={config.dnsPersonaId ?? null}
      onChange={(dnsPersonaId) => onChange({ ...config, dnsPersonaId })}
      error={errorAt('dnsPersonaId')}
      hint={
        hasDnsPhase
          ? 'The DNS persona that looks up redirect targets and names that come without addresses.'
          : 'This campaign has no DNS phase: the addresses of its names come from this DNS persona.'
      }
      {...(hasDnsPhase ? { noneLabel: 'As in DNS validation' } : {})}
    />
  );
  return (
    <div className="space-y-4">
      {hasDnsPhase ? null : lookups}
      <PersonaField
        kind="http"
        label="HTTP persona"
        value={config.personaId ?? null}
        onChange={(personaId) => onChange({ ...config, personaId })}
        error={errorAt('personaId')}
      />
      {hasDnsPhase ? lookups : null}
    </div>
  );
}
