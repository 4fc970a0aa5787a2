import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiFixture, openApiFixture } from './testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await openApiFixture();
});
afterAll(() => api.close());

const body = (response: Response): Promise<Record<string, unknown>> => response.json() as never;
/** The value in a tRPC answer. */
const trpcData = async (response: Response): Promise<unknown> => {
  const { result } = (await response.json()) as { result: { data: never } };
  return superjson.deserialize(result.data);
};

describe('one procedure, two interfaces', () => {
  test('health answers the same through REST and tRPC', async () => {
    const rest = await api.fetch('/api/v2/health');
    expect(rest.status).toBe(200);
    const viaRest = await body(rest);
    expect(viaRest).toMatchObject({ status: 'ok', database: { reachable: true } });
    const trpc = await api.fetch('/trpc/system.health');
    expect(Object.keys((await trpcData(trpc)) as object).sort()).toEqual(Object.keys(viaRest).sort());
  });

  test('signing in sets a cookie that says who is calling', async () => {
    const user = await api.signIn('parity', 'member');
    const me = await body(await user.fetch('/api/v2/me'));
    expect(me).toEqual({
      userId: user.userId,
      username: 'parity',
      role: 'member',
      mustChangePassword: false,
    });
    expect(await trpcData(await user.fetch('/trpc/auth.me'))).toEqual(me);
  });

  test('errors say the same through both', async () => {
    const rest = await api.fetch('/api/v2/me');
    expect(rest.status).toBe(401);
    const error = await body(rest);
    expect(error).toEqual({ code: 'UNAUTHENTICATED', message: 'Sign in first.', field: null });
    const trpc = await api.fetch('/trpc/auth.me');
    expect(trpc.status).toBe(401);
    const shape = superjson.deserialize(((await trpc.json()) as { error: never }).error) as { data: object };
    expect(shape.data).toEqual({ ...error, httpStatus: 401 });
  });
});
