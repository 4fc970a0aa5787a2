import { dnsConfigSchema } from '@domainflow/domain/phases/dns/config.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { AdvancedSection } from '../shell/advanced-section.tsx';
import { NumberInput } from './number-input.tsx';
import { PersonaField } from './persona-field.tsx';
import type { PhaseConfig } from './phase-config.ts';
import { RdapServersField } from './rdap-servers-field.tsx';

const DEFAULTS = dnsConfigSchema.parse({});

interface DnsFieldsProps {
  config: PhaseConfig;
  onChange: (config: PhaseConfig) => void;
  errorAt: (field: keyof PhaseConfig) => string | undefined;
}

const REGISTRATION_HINTS = {
  off: 'Whether a name can be registered stays unknown.',
  delegation: 'The registry’s name servers are asked where the answer alone does not tell.',
  rdap: 'The registry is asked over RDAP: slower, but it also knows names that it holds back.',
} as const;

/** Who is asked, how sure an answer must be, and what is found out besides. */
export function DnsFields({ config, onChange, errorAt }: DnsFieldsProps) {
  const registration = config.registrationCheck ?? DEFAULTS.registrationCheck;
  const canaries = { ...DEFAULTS.canaries, ...config.canaries };
  const budget = config.retryBudget ?? DEFAULTS.retryBudget;
  const canariesError = errorAt('canaries');
  return (
    <div className="space-y-4">
      <PersonaField
        kind="dns"
        label="DNS persona"
        value={config.personaId ?? null}
        onChange={(personaId) => onChange({ ...config, personaId })}
        error={errorAt('personaId')}
      />
      <Checkbox
        label="Find wildcards"
        hint="Zones that answer for any name are found first: names under them are not counted as finds."
        checked={config.wildcardDetection ?? DEFAULTS.wildcardDetection}
        onChange={(event) => onChange({ ...config, wildcardDetection: event.target.checked })}
      />
      <Field
        label="Registration"
        className="max-w-lg"
        hint={REGISTRATION_HINTS[registration]}
        error={errorAt('registrationCheck')}
      >
        {(control) => (
          <Select
            {...control}
            value={registration}
            onChange={(event) =>
              onChange({ ...config, registrationCheck: event.target.value as typeof registration })
            }
          >
            <option value="off">Not checked</option>
            <option value="delegation">By delegation</option>
            <option value="rdap">By RDAP</option>
          </Select>
        )}
      </Field>
      {registration === 'rdap' ? (
        <RdapServersField
          servers={config.rdapServers ?? []}
          onChange={(rdapServers) => onChange({ ...config, rdapServers })}
          error={errorAt('rdapServers')}
        />
      ) : null}
      <AdvancedSection
        title="Accuracy"
        hasError={(canariesError ?? errorAt('recheck') ?? errorAt('retryBudget')) !== undefined}
      >
        <Field
          label="Ask trusted resolvers again"
          className="max-w-lg"
          hint="Those of the persona, where it has any."
          error={errorAt('recheck')}
        >
          {(control) => (
            <Select
              {...control}
              value={config.recheck ?? DEFAULTS.recheck}
              onChange={(event) =>
                onChange({ ...config, recheck: event.target.value as typeof DEFAULTS.recheck })
              }
            >
              <option value="positives">About names that resolve or stay undecided</option>
              <option value="all">About all names</option>
              <option value="none">About none</option>
            </Select>
          )}
        </Field>
        <Field
          label="Retries"
          className="max-w-lg"
          hint="Queries that may be sent again for each domain, on average. What stays undecided beyond it is marked."
          error={errorAt('retryBudget')}
        >
          {(control) => (
            <NumberInput
              {...control}
              className="max-w-60"
              max={20}
              step={0.1}
              value={budget}
              onChange={(retryBudget) => onChange({ ...config, retryBudget })}
            />
          )}
        </Field>
        <Checkbox
          label="Measure resolvers with canaries"
          hint="Names with known answers are asked among the others: they show how often a resolver is wrong."
          checked={canaries.enabled}
          onChange={(event) =>
            onChange({ ...config, canaries: { ...canaries, enabled: event.target.checked } })
          }
        />
        {canaries.enabled ? (
          <>
            <Field
              label="Canaries in a thousand questions"
              hint="1 to 100."
              className="max-w-lg"
              error={canariesError}
            >
              {(control) => (
                <NumberInput
                  {...control}
                  className="max-w-60"
                  min={1}
                  max={100}
                  step={1}
                  value={canaries.perThousand ?? Number.NaN}
                  onChange={(perThousand) => onChange({ ...config, canaries: { ...canaries, perThousand } })}
                />
              )}
            </Field>
            <Field
              label="Names that exist"
              aside="optional"
              className="max-w-lg"
              hint="None: well-known ones. Each is used once independent resolvers know it."
            >
              {(control) => (
                <ChipsInput
                  control={control}
                  values={canaries.positives ?? []}
                  onChange={(positives) =>
                    onChange({ ...config, canaries: { ...canaries, positives: [...positives] } })
                  }
                  normalise={(text) => text.trim().toLowerCase()}
                  placeholder="example.com"
                />
              )}
            </Field>
          </>
        ) : null}
      </AdvancedSection>
    </div>
  );
}
