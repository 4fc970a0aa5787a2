import { afterEach, describe, expect, test } from 'vitest';
import { closeAll, failing, never, openPort, persona, startServer } from './testing/test-server.ts';

afterEach(closeAll);

describe('addresses of resolvers', () => {
  test.each([['127.0.0.1'], ['10.0.0.53:53'], ['[::1]:53'], ['169.254.169.254']])(
    '%s is refused',
    (resolver) => {
      expect(() => openPort().resolver(persona({ resolvers: [resolver] }))).toThrow(
        /may not be used.*not a public address/,
      );
    },
  );

  test('what is no address is refused, and so is a system without resolvers', () => {
    const named = {
      ...persona(),
      resolvers: [{ address: 'dns.example', weight: 1, queriesPerSecond: null }],
    };
    expect(() => openPort().resolver(named)).toThrow(/is not a resolver/);
    expect(() => openPort().resolver(persona())).toThrow(/no DNS resolver configured/);
  });

  test("the system's own may be named", async () => {
    const server = await startServer((query, reply) => reply(failing(query, 3)));
    const resolver = openPort(server).resolver(persona({ resolvers: [server.address] }));
    expect(await resolver.query('a.example', 'A', never)).toMatchObject({ rcode: 'NXDOMAIN' });
  });
});
