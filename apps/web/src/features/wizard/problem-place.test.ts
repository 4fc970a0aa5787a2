import { describe, expect, it } from 'vitest';
import { placeOfProblem } from './problem-place.ts';

const refused = (field: string | null) => ({ code: 'INVALID_INPUT', message: 'No', field });
const placeOf = (field: string | null) => placeOfProblem(refused(field), 'affix');

describe('the place of a complaint', () => {
  it('is the field of the form that the API means', () => {
    expect(placeOf('campaignName')).toEqual({ step: 0, at: 'field', field: 'campaignName' });
    expect(placeOf('input.pattern.targetDomainsToGenerate')).toEqual({
      step: 1,
      at: 'field',
      field: 'pattern.target',
    });
    expect(placeOfProblem(refused('input.pattern.tlds.0'), 'typosquat')).toMatchObject({
      field: 'pattern.swapTlds',
    });
  });

  it('is the names as a whole for lists and files', () => {
    expect(placeOf('input.domains.3')).toEqual({ step: 1, at: 'names' });
    expect(placeOf('file')).toEqual({ step: 1, at: 'names' });
  });

  it('is a field of a phase', () => {
    expect(placeOf('phases.dns.personaId')).toEqual({
      step: 2,
      at: 'phase',
      phase: 'dns',
      problem: { field: 'personaId', message: 'No' },
    });
  });

  it('is the step alone where nothing on it shows the field', () => {
    expect(placeOf('input.pattern.unheardOf')).toEqual({ step: 1, at: 'step' });
    expect(placeOf('phases.dns.unheardOf')).toEqual({ step: 2, at: 'step' });
    expect(placeOf('phases.elsewhere.x')).toEqual({ step: 2, at: 'step' });
  });

  it('is nowhere for what nobody put in', () => {
    expect(placeOf(null)).toBeNull();
    expect(placeOf('version')).toBeNull();
    expect(placeOfProblem(new TypeError('Failed to fetch'), 'affix')).toBeNull();
  });
});
