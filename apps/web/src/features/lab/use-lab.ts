import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';

/** What the platform calls its personas for the simulated internet. */
const LAB_PERSONA_NAME = 'Lab';

export interface Lab {
  readonly dnsPersonaId: string;
  readonly httpPersonaId: string;
}

/** The platform's own personas for the simulated internet; null where it does not run beside this installation. */
export function useLab(): Lab | null {
  const personas = useQuery(trpc.personas.list.queryOptions({ limit: 200 }));
  const idOf = (kind: 'dns' | 'http'): string | undefined =>
    personas.data?.items.find(
      (each) => each.kind === kind && each.name === LAB_PERSONA_NAME && each.createdBy === null,
    )?.personaId;
  const dnsPersonaId = idOf('dns');
  const httpPersonaId = idOf('http');
  return dnsPersonaId === undefined || httpPersonaId === undefined ? null : { dnsPersonaId, httpPersonaId };
}
