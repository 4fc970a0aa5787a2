import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const DATABASE_URL = 'postgres://someone:hunter2@localhost/domainflow';

test('defaults, and what was given', () => {
  expect(
    readSettings({
      ...{ DATABASE_URL, PORT: '', DOMAINFLOW_ORIGINS: 'https://a.example, https://b.example' },
      DOMAINFLOW_ALLOW_TARGETS: '10.1.0.0/16, ::1,',
    }),
  ).toMatchObject({
    ...{ allowedTargets: ['10.1.0.0/16', '::1'], testNames: [], labJson: undefined },
    ...{
      databaseUrl: DATABASE_URL,
      port: 3_000,
      host: '127.0.0.1',
      exitWithParent: false,
      labDns: undefined,
    },
    trustedOrigins: ['https://a.example', 'https://b.example'],
  });
  const lab = JSON.stringify({ dns: { host: '127.0.0.1', port: 5_353 }, http: {}, caPem: '' });
  expect(readSettings({ DATABASE_URL, DOMAINFLOW_LAB: lab, DOMAINFLOW_EXIT_WITH_PARENT: '1' })).toMatchObject(
    {
      ...{ labDns: { host: '127.0.0.1', port: 5_353 }, exitWithParent: true },
    },
  );
});

test.each([
  [{}, 'DATABASE_URL is needed'],
  [{ DATABASE_URL: 'mysql://someone:hunter2@localhost' }, 'DATABASE_URL must look like'],
  [{ DATABASE_URL, PORT: '70000' }, 'PORT'],
  [{ DATABASE_URL, PORT: 'http' }, 'PORT must be a port number'],
  [{ DATABASE_URL, DOMAINFLOW_LAB: '{' }, 'DOMAINFLOW_LAB must be the JSON'],
  [{ DATABASE_URL, DOMAINFLOW_SECRET_KEY: 'hunter2' }, 'DOMAINFLOW_SECRET_KEY must be 64 hexadecimal digits'],
  [{ DATABASE_URL, DOMAINFLOW_EXIT_WITH_PARENT: 'yes' }, 'DOMAINFLOW_EXIT_WITH_PARENT must be 0 or 1'],
])('%j is refused with a line that says what is wrong, and no password', (environment, message) => {
  const problems = readSettings(environment);
  expect(problems).toEqual([expect.stringContaining(message)]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});
