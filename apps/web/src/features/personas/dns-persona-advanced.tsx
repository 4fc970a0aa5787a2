import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { useFormContext } from 'react-hook-form';
import { NumberField } from '../entity-form/number-field.tsx';
import { AdvancedSection } from '../shell/advanced-section.tsx';
import type { DnsPersonaValues } from './persona-schema.ts';
import { ResolverRows } from './resolver-rows.tsx';

/** Trusted resolvers, EDNS and random case. */
export function DnsPersonaAdvanced() {
  const { register, formState, watch } = useFormContext<DnsPersonaValues>();
  const errors = formState.errors.config;
  const transport = watch('config.transport');
  return (
    <AdvancedSection hasError={(errors?.trustedResolvers ?? errors?.ednsBufferBytes) !== undefined}>
      <ResolverRows
        name="config.trustedResolvers"
        what="trusted resolver"
        legend="Trusted resolvers"
        hint="Believed before the others: they are asked again about what must be certain."
        placeholder={transport === 'doh' ? 'https://dns.example/dns-query' : '9.9.9.9'}
      />
      <NumberField
        label="Largest UDP reply (bytes)"
        hint="EDNS, 512 to 4096; 1232 fits everywhere. 0 asks without EDNS."
        registration={register('config.ednsBufferBytes', { valueAsNumber: true })}
        error={errors?.ednsBufferBytes?.message}
      />
      <Checkbox
        {...register('config.randomizeCase')}
        label="Letters in random case (0x20)"
        hint="A forger would have to guess them. Resolvers that do not keep the case are asked without."
      />
    </AdvancedSection>
  );
}
