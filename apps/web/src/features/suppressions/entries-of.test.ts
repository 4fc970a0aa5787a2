import { describe, expect, it } from 'vitest';
import { entriesOf, entryAtFault } from './entries-of.ts';

describe('a typed list of suppressions', () => {
  const list = 'a.de, jane@b.com\n\nnot a domain;\n';

  it('is read piece by piece', () => {
    expect(entriesOf(list)).toEqual(['a.de', 'jane@b.com', 'not', 'a', 'domain']);
    expect(entriesOf(' \n;')).toEqual([]);
  });

  it('says which piece was refused', () => {
    expect(entryAtFault('entries.1', list)).toBe('jane@b.com');
    expect(entryAtFault('entries.99', list)).toBeNull();
    expect(entryAtFault('reason', list)).toBeNull();
    expect(entryAtFault(null, list)).toBeNull();
  });
});
