import { expect, it } from 'vitest';
import { summariseDns, summariseHttp } from './summarise-persona.ts';

it('counts one as one', () => {
  const http = { userAgent: 'Bot', timeoutMs: 10_000, maxBodyBytes: 262_144 };
  expect(summariseHttp({ ...http, maxRedirects: 1 })).toContain('· 1 redirect ·');
  expect(summariseHttp({ ...http, maxRedirects: 5 })).toContain('· 5 redirects ·');
  expect(summariseDns({ recordTypes: ['A'], timeoutMs: 2_000, attempts: 1 })).toMatch(/, 1 attempt$/);
});
