import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/min/metadata';
import { describe, expect, it } from 'vitest';
import { isValidNumber } from './number-plans.ts';

const CODES = [...Object.keys(metadata.country_calling_codes), ...Object.keys(metadata.nonGeographic), '99'];
const digits = fc.stringMatching(/^\d{1,15}$/);

describe('validity of numbers with their country code', () => {
  it.each([
    ['+442079460123', true],
    ['+447624123456', true],
    ['+4420794601', false],
    ['+12125550123', true],
    ['+12462345678', true],
    ['+498912345678', true],
    ['+77272500000', true],
    ['+80012345678', null],
    ['+4402079460123', null],
    ['+999123456', null],
  ])('%s: %s', (number, isValid) => {
    expect(isValidNumber(number)).toBe(isValid);
  });

  it('is what the library says, of every code, wherever it is said at all', () => {
    const number = fc.tuple(fc.constantFrom(...CODES), digits).map(([code, rest]) => `+${code}${rest}`);
    fc.assert(
      fc.property(number, (written) => {
        const isValid = isValidNumber(written);
        if (isValid === null) return;
        const read = parsePhoneNumberFromString(written);
        expect(read?.isValid() === true).toBe(isValid);
        if (isValid) expect(read?.number).toBe(written);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });
});
