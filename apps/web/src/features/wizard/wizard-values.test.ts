import { describe, expect, it } from 'vitest';
import { createInputOf, patternOf, WIZARD_DEFAULTS, wizardSchema } from './wizard-values.ts';

const values = { ...WIZARD_DEFAULTS, campaignName: ' Bakeries ' };

describe('patternOf', () => {
  it('leaves out lengths that do not belong to the kind', () => {
    expect(patternOf(values)).toMatchObject({ prefixVariableLength: 0, suffixVariableLength: 3 });
    const before = { pattern: { ...values.pattern, pattern: 'prefix' as const } };
    expect(patternOf(before)).toMatchObject({ prefixVariableLength: 2, suffixVariableLength: 0 });
  });

  it('takes all names where no number is given', () => {
    expect(patternOf({ pattern: { ...values.pattern, target: '' } }).targetDomainsToGenerate).toBeNull();
    expect(patternOf(values).targetDomainsToGenerate).toBe(5_000);
  });
});

describe('wizardSchema', () => {
  it('refuses numbers of names that cannot be generated', () => {
    const at = (target: string) =>
      wizardSchema.safeParse({ ...values, pattern: { ...values.pattern, target } }).success;
    expect([at(''), at('1'), at('100000000')]).toEqual([true, true, true]);
    expect([at('0'), at('-1'), at('1.5'), at('100000001')]).toEqual([false, false, false, false]);
  });
});

describe('createInputOf', () => {
  it('configures every phase of a full sequence', () => {
    const input = createInputOf(values, { analysis: { keywordSetIds: ['k'], minScore: 30 } });
    expect(input.campaignName).toBe('Bakeries');
    expect(input.phases).toEqual({
      dns: { personaId: null },
      http: { personaId: null, dnsPersonaId: null },
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
