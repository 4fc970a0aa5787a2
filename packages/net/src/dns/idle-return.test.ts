import { afterEach, expect, test } from 'vitest';
import { answer, askMany, closeAll, openPort, persona, startServer } from './testing/test-server.ts';

afterEach(closeAll);

test('a resolver that is back is found to be so, though nobody asks anything any more', async () => {
  let isSilent = true;
  const flaky = await startServer((query, reply) => {
    if (!isSilent) reply(answer(query, '192.0.2.7'));
  });
  const good = await startServer((query, reply) => reply(answer(query, '192.0.2.7')));
  const port = openPort(flaky, good);
  expect(await askMany(port.resolver(persona({ timeoutMs: 300 })), 3_000)).toEqual({ NOERROR: 3_000 });
  expect(port.stats()[0]?.resolvers[0]?.ejection).toBe('silent');
  isSilent = false;
  await expect.poll(() => port.stats()[0]?.resolvers[0]?.ejection, { timeout: 10_000 }).toBeNull();
}, 20_000);
