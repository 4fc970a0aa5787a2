import { PHASE_NAMES, type PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { scoreProfileSchema } from '@domainflow/domain/scoring/score-profile.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queryClient, trpc } from '../../lib/trpc.ts';
import {
  configErrorOf,
  defaultPhaseConfig,
  PHASE_CONFIG_SCHEMAS,
  type PhaseConfig,
  readPhaseConfig,
} from './phase-config.ts';
import { PhaseConfigFields } from './phase-config-fields.tsx';

const ID = {
  dns: '01900000-0000-7000-8000-000000000001',
  http: '01900000-0000-7000-8000-000000000002',
  otherDns: '01900000-0000-7000-8000-000000000003',
  otherHttp: '01900000-0000-7000-8000-000000000004',
  set: '01900000-0000-7000-8000-000000000005',
  otherSet: '01900000-0000-7000-8000-000000000006',
  profile: '01900000-0000-7000-8000-000000000007',
  otherProfile: '01900000-0000-7000-8000-000000000008',
};

/** Settings of each phase with every field away from its default. */
const SET_BY_HAND: Readonly<Record<PhaseName, PhaseConfig>> = {
  generation: {
    pattern: {
      pattern: 'suffix',
      constantPart: 'bakery',
      prefixVariableLength: 0,
      suffixVariableLength: 2,
      charSet: 'abc',
      tlds: ['com'],
      targetDomainsToGenerate: 5,
      startOffset: '3',
    },
  },
  dns: {
    personaId: ID.dns,
    shaping: { preset: 'gentle' },
    retryBudget: 3,
    wildcardDetection: false,
    registrationCheck: 'rdap',
    rdapServers: [{ tld: 'com', url: 'https://rdap.example/' }],
    recheck: 'all',
    canaries: { enabled: false, perThousand: 5, positives: ['example.com'] },
  },
  http: {
    personaId: ID.http,
    dnsPersonaId: ID.dns,
    addresses: 'resolve',
    proxyAssignmentId: ID.otherHttp,
    shaping: { preset: 'gentle' },
    robots: 'ignore',
    robotsOverrideReason: 'Our own sites',
    followContactPages: 2,
    checkRandomPath: false,
    fetchFavicon: true,
  },
  analysis: { keywordSetIds: [ID.set], minScore: 35, scoreProfileId: ID.profile },
};

const fieldsOf = (phase: PhaseName): string[] => Object.keys(PHASE_CONFIG_SCHEMAS[phase].shape).sort();

describe.each(PHASE_NAMES)('settings of %s', (phase) => {
  it('are those of the phase', () => {
    expect(PHASE_CONFIG_SCHEMAS[phase]).toBe(phaseNamed(phase).configSchema);
    // A new field of a phase belongs in SET_BY_HAND, so that the tests below see whether it is kept.
    expect(Object.keys(SET_BY_HAND[phase]).sort()).toEqual(fieldsOf(phase));
  });

  it('are read with every field, and saved as they were', () => {
    const stored = PHASE_CONFIG_SCHEMAS[phase].parse(SET_BY_HAND[phase]);
    expect(readPhaseConfig(phase, stored)).toEqual(stored);
    for (const [field, value] of Object.entries(defaultPhaseConfig(phase)))
      expect(stored, field).not.toHaveProperty(field, value);
  });
});

describe('the form', () => {
  let host: HTMLElement;
  let root: ReturnType<typeof createRoot>;

  const persona = (kind: 'dns' | 'http', personaId: string) => ({
    personaId,
    kind,
    name: personaId,
    description: '',
    config: {},
    isDefault: false,
    version: 1,
    createdBy: null,
    createdAt: '',
    updatedAt: '',
  });
  const keywordSet = (keywordSetId: string) => ({
    keywordSetId,
    name: keywordSetId,
    description: '',
    ruleCount: 1,
    activeRuleCount: 1,
    version: 1,
    createdBy: null,
    createdAt: '',
    updatedAt: '',
  });

  const scoreProfile = (scoreProfileId: string) => ({
    scoreProfileId,
    name: scoreProfileId,
    description: '',
    weights: scoreProfileSchema.parse({}),
    isDefault: false,
    version: 1,
    createdBy: null,
    createdAt: '',
    updatedAt: '',
  });

  beforeEach(() => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    const page = { nextCursor: null, totalExact: true };
    for (const kind of ['dns', 'http'] as const) {
      const ids = kind === 'dns' ? [ID.dns, ID.otherDns] : [ID.http, ID.otherHttp];
      queryClient.setQueryData(trpc.personas.list.queryKey({ kind, limit: 200 }), {
        ...page,
        items: ids.map((id) => persona(kind, id)),
        total: 2,
      });
    }
    queryClient.setQueryData(trpc.proxyPools.list.queryKey({ limit: 200 }), {
      ...page,
      items: [],
      total: 0,
    });
    queryClient.setQueryData(trpc.keywordSets.list.queryKey({ limit: 200 }), {
      ...page,
      items: [ID.set, ID.otherSet].map(keywordSet),
      total: 2,
    });
    queryClient.setQueryData(trpc.scoreProfiles.list.queryKey({ limit: 200 }), {
      ...page,
      items: [ID.profile, ID.otherProfile].map(scoreProfile),
      total: 2,
    });
    host = document.body.appendChild(document.createElement('div'));
    root = createRoot(host);
  });

  afterEach(() => {
    act(() => root.unmount());
    host.remove();
    queryClient.clear();
  });

  /** What the form hands on when each of its controls in turn is set to something else. */
  function changesOf(phase: PhaseName, config: PhaseConfig): PhaseConfig[] {
    const changes: PhaseConfig[] = [];
    act(() =>
      root.render(
        <QueryClientProvider client={queryClient}>
          <PhaseConfigFields
            phase={phase}
            phases={PHASE_NAMES}
            config={config}
            onChange={(next) => changes.push(next)}
          />
        </QueryClientProvider>,
      ),
    );
    for (const select of host.querySelectorAll('select')) {
      act(() => {
        select.value = [...select.options].findLast(({ value }) => value !== select.value)?.value ?? '';
        select.dispatchEvent(new Event('change', { bubbles: true }));
      });
    }
    for (const input of host.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
      act(() => {
        if (input.type === 'checkbox' || input.type === 'radio') {
          input.click();
          return;
        }
        // React listens to what is set past its own setter.
        const kind = input instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
        Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(input, '77');
        input.dispatchEvent(new Event('input', { bubbles: true }));
      });
    }
    return changes;
  }

  it.each(['dns', 'http', 'analysis'] as const)('keeps what it does not change of %s', (phase) => {
    const before = SET_BY_HAND[phase];
    const changes = changesOf(phase, before);
    const changed = changes.map((after) => {
      expect(Object.keys(after).sort()).toEqual(fieldsOf(phase));
      return Object.keys(after).filter(
        (field) =>
          JSON.stringify(after[field as keyof PhaseConfig]) !==
          JSON.stringify(before[field as keyof PhaseConfig]),
      );
    });
    expect(changed.every((fields) => fields.length === 1)).toBe(true);
    expect([...new Set(changed.flat())].sort()).toEqual(fieldsOf(phase));
  });
});

describe('configErrorOf', () => {
  const answer = (field: string) => ({ code: 'INVALID_INPUT', message: 'No such persona', field });

  it('finds the field of the phase that the API names', () => {
    expect(configErrorOf(answer('phases.http.dnsPersonaId'), 'http', 'phases.http')).toEqual({
      field: 'dnsPersonaId',
      message: 'No such persona',
    });
    expect(configErrorOf(answer('config.keywordSetIds.1'), 'analysis', 'config')?.field).toBe(
      'keywordSetIds',
    );
  });

  it('leaves the rest to the page', () => {
    expect(configErrorOf(answer('phases.http'), 'http', 'phases.http')).toBeNull();
    expect(configErrorOf(answer('config.dnsPersonaId'), 'dns', 'config')).toBeNull();
    expect(configErrorOf(new Error('offline'), 'dns', 'config')).toBeNull();
  });
});
