import { describe, expect, it } from 'vitest';
import { defaultPhaseConfig } from '../phases/phase-config.ts';
import { createInputOf, WIZARD_DEFAULTS } from './wizard-values.ts';

const values = { ...WIZARD_DEFAULTS, campaignName: ' Bakeries ' };

describe('createInputOf', () => {
  it('configures every phase of a full sequence', () => {
    const input = createInputOf(values, { analysis: { keywordSetIds: ['k'], minScore: 30 } });
    expect(input.campaignName).toBe('Bakeries');
    expect(input.phases).toEqual({
      dns: defaultPhaseConfig('dns'),
      http: defaultPhaseConfig('http'),
      analysis: { keywordSetIds: ['k'], minScore: 30 },
    });
  });

  it('leaves phases for later when they are taken step by step', () => {
    expect(createInputOf({ ...values, mode: 'step_by_step' }, {}).phases).toEqual({});
  });

  it('sends names one by one', () => {
    const input = createInputOf({ ...values, source: 'list', list: 'a.com, b.com\n\nc.com' }, {});
    expect(input.input).toEqual({ source: 'list', domains: ['a.com', 'b.com', 'c.com'] });
  });
});
