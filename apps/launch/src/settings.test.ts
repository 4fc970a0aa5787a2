import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('defaults', () => {
  expect(readSettings([], {}, '/srv')).toEqual({
    databaseUrl: undefined,
    dataDir: '/srv/data',
    host: '127.0.0.1',
    port: 3000,
    web: true,
    lab: true,
    labSeed: 'domainflow',
    workers: 1,
    logs: 'files',
  });
});

test('options come before the environment, and an empty variable is not set', () => {
  const env = { PORT: '4000', HOST: ' ', LAB: 'off', WORKERS: '3', DOMAINFLOW_DATA_DIR: '/var/df' };
  expect(readSettings(['--port', '5000', '--lab=on'], env, '/srv')).toMatchObject({
    port: 5000,
    host: '127.0.0.1',
    lab: true,
    workers: 3,
    dataDir: '/var/df',
  });
  expect(readSettings(['--help'], env, '/srv')).toBe('help');
});

test.each([
  [['--port', '70000'], {}, /PORT/],
  [['--workers', '-1'], {}, /workers/],
  [[], { LAB: 'maybe' }, /LAB.*on or off/],
  [['--nonsense'], {}, /--help/],
])('%j %j is refused in words', (args, env, message) => {
  expect(() => readSettings(args, env, '/srv')).toThrow(message);
});

test('a DATABASE_URL that is none is refused without being repeated', () => {
  const read = () => readSettings([], { DATABASE_URL: 'mysql://u:topsecret@h/d' }, '/srv');
  expect(read).toThrow(/DATABASE_URL/);
  expect(read).not.toThrow(/topsecret/);
});
