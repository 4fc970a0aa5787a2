import { describe, expect, it } from 'vitest';
import { DomainFlowError, ERROR_STATUS, type ErrorCode, invalidInput, notFound } from './errors.ts';

describe('DomainFlowError', () => {
  it.each(Object.entries(ERROR_STATUS))('answers %s with HTTP status %i', (code, status) => {
    const error = new DomainFlowError(code as ErrorCode, 'What to do.');
    expect(error.status).toBe(status);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(error.toBody()).toEqual({ code, message: 'What to do.', field: null });
  });

  it('carries the field and details where there are any, and nothing else', () => {
    const error = invalidInput('Too many.', 'input.pattern.charSet', { most: 7 });
    expect(error).toBeInstanceOf(Error);
    expect(error.toBody()).toEqual({
      code: 'INVALID_INPUT',
      message: 'Too many.',
      field: 'input.pattern.charSet',
      details: { most: 7 },
    });
    expect(JSON.stringify(error.toBody())).not.toContain('stack');
  });

  it('says the same of what is missing and of what is foreign', () => {
    expect(notFound('campaign', 'x').toBody()).toEqual({
      code: 'NOT_FOUND',
      message: 'No campaign with id x.',
      field: null,
    });
  });
});
