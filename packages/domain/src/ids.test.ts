import { describe, expect, it } from 'vitest';
import * as ids from './ids.ts';

const ID = '019438f4-7c3a-7b21-9f0e-5a1d2c3b4e5f';
const schemas = Object.entries(ids);

describe.each(schemas)('%s', (_, schema) => {
  it('takes a UUID in any case and gives it in lower case', () => {
    expect(schema.parse(ID)).toBe(ID);
    expect(schema.parse(ID.toUpperCase())).toBe(ID);
  });

  it.each(['', 'x', ID.slice(1), `${ID}0`, ` ${ID}`, ID.replaceAll('-', ''), `{${ID}}`, 7, null])(
    'refuses %j',
    (value) => {
      expect(schema.safeParse(value).success).toBe(false);
    },
  );
});
