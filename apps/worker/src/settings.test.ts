import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const DATABASE_URL = 'postgres://someone:hunter2@localhost/domainflow';

test('defaults, blank variables, and what was given', () => {
  expect(readSettings({ DATABASE_URL, DOMAINFLOW_RDAP_BOOTSTRAP: '', WORKER_SLOTS_DNS: ' ' })).toEqual({
    ...{ databaseUrl: DATABASE_URL, allowedTargets: [], exitWithParent: false, slots: {} },
  });
  expect(
    readSettings({
      DATABASE_URL,
      DOMAINFLOW_ALLOW_TARGETS: '10.1.0.0/16, ::1,',
      DOMAINFLOW_EXIT_WITH_PARENT: '1',
      WORKER_SLOTS_HTTP: '0',
      WORKER_SLOTS_DNS: '4',
    }),
  ).toMatchObject({
    allowedTargets: ['10.1.0.0/16', '::1'],
    exitWithParent: true,
    slots: { http: 0, dns: 4 },
  });
});

test.each([
  [{}, 'DATABASE_URL is needed'],
  [{ DATABASE_URL: 'mysql://someone:hunter2@localhost' }, 'DATABASE_URL must look like'],
  [{ DATABASE_URL, WORKER_SLOTS_DNS: '65' }, 'WORKER_SLOTS_DNS must be a whole number from 0 to 64'],
  [{ DATABASE_URL, WORKER_SLOTS_DNS: 'all' }, 'WORKER_SLOTS_DNS must be a whole number from 0 to 64'],
  [{ DATABASE_URL, DOMAINFLOW_SECRET_KEY: 'hunter2' }, 'DOMAINFLOW_SECRET_KEY must be 64 hexadecimal digits'],
])('%j is refused with a line that says what is wrong, and no password', (environment, message) => {
  const problems = readSettings(environment);
  expect(problems).toEqual([expect.stringContaining(message)]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});
