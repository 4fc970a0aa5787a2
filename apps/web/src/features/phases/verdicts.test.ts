import { expect, test } from 'vitest';
import { retryCounts } from './verdicts.ts';

test('a retry is counted by what a new try can change', () => {
  expect(
    retryCounts([
      { phase: 'dns', counts: { OK: 10, NXDOMAIN: 7, SERVFAIL: 3, TIMEOUT: 2, ERROR: 1 } },
      { phase: 'http', counts: { OK: 5, NOT_FOUND: 4, TIMEOUT: 2, TLS_ERROR: 1 } },
    ]),
  ).toEqual({ failed: 4, ambiguous: 5, both: 9 });
});
