import { describe, expect, it } from 'vitest';
import { defaultPhaseConfig } from '../phases/phase-config.ts';
import { isInLab, labConfigs } from './lab-configs.ts';

const lab = { dnsPersonaId: 'lab-dns', httpPersonaId: 'lab-http' };
const ALL = ['dns', 'http', 'analysis'] as const;

describe('labConfigs', () => {
  it('sets the lab’s personas and adds the starter sets', () => {
    const chosen = { analysis: { keywordSetIds: ['own'], minScore: 40 } };
    const configs = labConfigs(chosen, ALL, lab, ['starter', 'own']);
    expect(configs).toEqual({
      dns: { ...defaultPhaseConfig('dns'), personaId: 'lab-dns' },
      http: { ...defaultPhaseConfig('http'), personaId: 'lab-http', dnsPersonaId: null },
      analysis: { keywordSetIds: ['own', 'starter'], minScore: 40 },
    });
    expect(isInLab(configs, ALL, lab)).toBe(true);
  });

  it('gives the resolvers to HTTP where there is no DNS phase', () => {
    const phases = ['http', 'analysis'] as const;
    const configs = labConfigs({}, phases, lab, []);
    expect(configs).toEqual({
      http: { ...defaultPhaseConfig('http'), personaId: 'lab-http', dnsPersonaId: 'lab-dns' },
    });
    expect(isInLab(configs, phases, lab)).toBe(true);
  });

  it('takes look-ups back that were sent elsewhere', () => {
    const before = { http: { personaId: 'lab-http', dnsPersonaId: 'own' }, dns: { personaId: 'lab-dns' } };
    expect(isInLab(before, ALL, lab)).toBe(false);
    expect(isInLab(labConfigs(before, ALL, lab, []), ALL, lab)).toBe(true);
  });
});

describe('isInLab', () => {
  it('wants every phase that meets the network', () => {
    expect(isInLab({}, ALL, lab)).toBe(false);
    expect(isInLab({ dns: { personaId: 'lab-dns' } }, ALL, lab)).toBe(false);
    expect(isInLab({ dns: { personaId: 'lab-dns' } }, ['dns'], lab)).toBe(true);
    expect(isInLab({ http: { personaId: 'lab-http' } }, ['http'], lab)).toBe(false);
    expect(isInLab({}, ['analysis'], lab)).toBe(false);
  });
});
