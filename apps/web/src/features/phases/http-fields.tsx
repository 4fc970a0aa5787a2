import { DIRECT } from '@domainflow/domain/http/proxy-pool.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select, Textarea } from '@domainflow/ui/primitives/input.tsx';
import { PersonaField } from './persona-field.tsx';
import type { PhaseConfig } from './phase-config.ts';
import { ProxyField } from './proxy-field.tsx';
import { ShapingFields } from './shaping-fields.tsx';

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
      {hasDnsPhase ? (
        <Field
          label="Addresses to connect to"
          className="max-w-lg"
          hint="For direct visits: proxies are given the name, or as their pool says."
          error={errorAt('addresses')}
        >
          {(control) => (
            <Select
              {...control}
              value={config.addresses ?? 'dns_phase'}
              onChange={(event) =>
                onChange({
                  ...config,
                  addresses: event.target.value === 'resolve' ? 'resolve' : 'dns_phase',
                })
              }
            >
              <option value="dns_phase">As DNS validation found them</option>
              <option value="resolve">Looked up again before each visit</option>
            </Select>
          )}
        </Field>
      ) : null}
      <ProxyField
        value={config.proxyAssignmentId ?? DIRECT}
        onChange={(proxyAssignmentId) => onChange({ ...config, proxyAssignmentId })}
        error={errorAt('proxyAssignmentId')}
      />
      <RobotsFields config={config} onChange={onChange} errorAt={errorAt} />
      <Field
        label="Contact pages"
        className="max-w-lg"
        hint="Contact, about and imprint pages that are read of each site, one click from its home page."
        error={errorAt('followContactPages')}
      >
        {(control) => (
          <Select
            {...control}
            value={config.followContactPages ?? 0}
            onChange={(event) => onChange({ ...config, followContactPages: Number(event.target.value) })}
          >
            <option value={0}>None</option>
            <option value={1}>1 at most</option>
            <option value={2}>2 at most</option>
            <option value={3}>3 at most</option>
          </Select>
        )}
      </Field>
      <Checkbox
        label="Ask doubtful sites for a page of random name"
        hint="Where the same page comes again, and it looks parked, it is. Few sites are asked."
        checked={config.checkRandomPath ?? true}
        onChange={(event) => onChange({ ...config, checkRandomPath: event.target.checked })}
      />
      <Checkbox
        label="Fetch the site’s icon"
        hint="Sites with the same icon often belong together."
        checked={config.fetchFavicon ?? false}
        onChange={(event) => onChange({ ...config, fetchFavicon: event.target.checked })}
      />
      <ShapingFields
        phase="http"
        value={config.shaping ?? null}
        onChange={(shaping) => onChange({ ...config, shaping })}
        error={errorAt('shaping')}
      />
    </div>
  );
}

/** Whether robots.txt is obeyed; a reason has to be given where it is not. */
function RobotsFields({ config, onChange, errorAt }: Omit<HttpFieldsProps, 'hasDnsPhase'>) {
  const robots = config.robots ?? null;
  return (
    <>
      <Field label="robots.txt" className="max-w-lg" error={errorAt('robots')}>
        {(control) => (
          <Select
            {...control}
            value={robots ?? ''}
            onChange={(event) =>
              onChange({
                ...config,
                robots: event.target.value === '' ? null : event.target.value === 'obey' ? 'obey' : 'ignore',
              })
            }
          >
            <option value="">As the persona says</option>
            <option value="obey">Obey</option>
            <option value="ignore">Ignore</option>
          </Select>
        )}
      </Field>
      {robots === 'ignore' ? (
        <Field
          label="Why robots.txt is ignored"
          className="max-w-lg"
          hint="Kept in the campaign’s plan, and in the audit."
          error={errorAt('robotsOverrideReason')}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={500}
              value={config.robotsOverrideReason ?? ''}
              onChange={(event) =>
                onChange({
                  ...config,
                  robotsOverrideReason: event.target.value === '' ? null : event.target.value,
                })
              }
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
