import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProxyLimits } from './proxy-limits.ts';
import { type ProxyPool, proxyPoolSchema } from './proxy-pool.ts';
import { ProxyRotation } from './proxy-rotation.ts';

const poolOf = (count: number, more: object = {}, member: object = {}): ProxyPool =>
  proxyPoolSchema.parse({
    proxies: Array.from({ length: count }, (_, i) => ({
      id: `p${i}`,
      kind: 'http',
      host: 'h',
      port: 1,
      ...member,
    })),
    ejectAfterFailures: 3,
    pauseMs: 1_000,
    maxPauseMs: 4_000,
    ...more,
  });
const take = (rotation: ProxyRotation, key: string, nowMs: number) => {
  const choice = rotation.choose(key, nowMs);
  if (choice.proxy === null) throw new Error(`none: ${JSON.stringify(choice)}`);
  return choice;
};
const fail = { ok: false, kind: 'refused', detail: 'refused' } as const;
const silent = { ok: false, kind: 'timeout', detail: 'silent' } as const;
const ok = { ok: true, tookMs: 5 } as const;

describe('rotation', () => {
  it('goes round', () => {
    const rotation = new ProxyRotation(poolOf(3), () => 0);
    const ids = Array.from({ length: 6 }, () => take(rotation, 'x', 0).proxy.id);
    expect(ids).toEqual(['p0', 'p1', 'p2', 'p0', 'p1', 'p2']);
  });

  it('draws by the numbers that it is given', () => {
    let draw = 0;
    const rotation = new ProxyRotation(poolOf(4, { rotation: 'random' }), () => draw);
    const ids = [0, 0.3, 0.6, 0.99].map((number) => {
      draw = number;
      return take(rotation, 'x', 0).proxy.id;
    });
    expect(ids).toEqual(['p0', 'p1', 'p2', 'p3']);
  });

  it('takes the least used', () => {
    const rotation = new ProxyRotation(poolOf(2, { rotation: 'least_used' }), () => 0);
    const first = take(rotation, 'x', 0);
    const second = take(rotation, 'x', 0);
    expect([first.proxy.id, second.proxy.id].sort()).toEqual(['p0', 'p1']);
    second.end(ok, 0);
    expect(take(rotation, 'x', 0).proxy.id).toBe(second.proxy.id);
  });

  it('sticks to a domain; when a proxy goes only its domains move', () => {
    const rotation = new ProxyRotation(poolOf(5, { rotation: 'sticky', ejectAfterFailures: 1 }), () => 0);
    const names = Array.from({ length: 200 }, (_, i) => `d${i}.com`);
    const idsNow = () =>
      names.map((name) => {
        const choice = take(rotation, name, 0);
        choice.end(ok, 0);
        return choice.proxy.id;
      });
    const before = idsNow();
    expect(idsNow()).toEqual(before);
    expect(new Set(before).size).toBe(5);
    const lost = take(rotation, names[0] as string, 0);
    lost.end(fail, 0);
    const after = idsNow();
    for (const [i, id] of before.entries()) if (id !== lost.proxy.id) expect(after[i]).toBe(id);
    expect(after).not.toContain(lost.proxy.id);
  });
});

describe('ejection', () => {
  it('leaves a proxy out after failures in a row, lets one try it, and waits longer each time', () => {
    const rotation = new ProxyRotation(poolOf(1), () => 0);
    for (let i = 0; i < 2; i++) take(rotation, 'x', 0).end(fail, 0);
    take(rotation, 'x', 0).end(ok, 0);
    for (let i = 0; i < 3; i++) take(rotation, 'x', 0).end(fail, 0);
    expect(rotation.choose('x', 999)).toMatchObject({ proxy: null, isDead: true, waitMs: 1 });
    const probe = take(rotation, 'x', 1_000);
    expect(rotation.choose('y', 1_000)).toMatchObject({ proxy: null, isDead: true });
    probe.end(fail, 1_000);
    expect(rotation.choose('x', 2_999)).toMatchObject({ waitMs: 1 });
    take(rotation, 'x', 3_000).end(fail, 3_000);
    take(rotation, 'x', 7_000).end(fail, 7_000);
    expect(rotation.choose('x', 10_999)).toMatchObject({ isDead: true, waitMs: 1 });
    take(rotation, 'x', 11_000).end(ok, 11_000);
    expect(rotation.health()).toMatchObject([
      { state: 'healthy', requests: 10, failures: 8, connections: 0 },
    ]);
    for (let i = 0; i < 3; i++) take(rotation, 'x', 11_000).end(fail, 11_000);
    expect(rotation.choose('x', 11_999)).toMatchObject({ isDead: true, waitMs: 1 });
  });
});

describe('a proxy that has not shown that it works', () => {
  it('carries no more than what would put it aside', () => {
    const rotation = new ProxyRotation(poolOf(1), () => 0);
    const open = Array.from({ length: 3 }, () => take(rotation, 'x', 0));
    expect(rotation.choose('x', 0)).toMatchObject({ proxy: null, isDead: false });
    expect(open[0]?.worked(4, 1)).toBe(true);
    const working = Array.from({ length: 20 }, () => take(rotation, 'x', 1));
    for (const one of working) expect(one.worked(5, 1)).toBe(false);
    open[2]?.end(fail, 2);
    // What works goes on beside them.
    take(rotation, 'x', 2);
    expect(rotation.choose('x', 2)).toMatchObject({ proxy: null, isDead: false });
    open[1]?.end(ok, 3);
    expect(rotation.choose('x', 3).proxy).not.toBeNull();
    expect(rotation.health()).toMatchObject([
      { failuresByKind: { refused: 1 }, latency: { p50Ms: 5 }, ejections: 0, state: 'healthy' },
    ]);
  });

  it('is not what is tried next, where others have', () => {
    const rotation = new ProxyRotation(poolOf(4), () => 0);
    take(rotation, 'x', 0).end(ok, 0);
    const next = () => rotation.choose('x', 1, new Set(['p1'])).proxy?.id;
    expect([next(), next(), next()]).toEqual(['p0', 'p0', 'p0']);
    expect(rotation.choose('x', 1, new Set(['p0', 'p1'])).proxy?.id).toBe('p2');
  });

  it('is not blamed for silent targets while it works for others', () => {
    const rotation = new ProxyRotation(poolOf(1), () => 0);
    take(rotation, 'x', 0).end(ok, 0);
    const waiting = Array.from({ length: 9 }, () => take(rotation, 'x', 10));
    take(rotation, 'x', 500).end(ok, 600);
    for (const use of waiting) use.end(silent, 5_000);
    expect(rotation.health()).toMatchObject([
      { state: 'healthy', failures: 9, failuresByKind: { timeout: 9 }, ejections: 0 },
    ]);
    const more = Array.from({ length: 3 }, () => take(rotation, 'x', 6_000));
    for (const use of more) use.end(silent, 11_000);
    expect(rotation.health()).toMatchObject([{ state: 'ejected', ejections: 1, retryAtMs: 12_000 }]);
    expect(rotation.choose('x', 12_000).proxy).not.toBeNull();
    expect(rotation.health()[0]?.state).toBe('probing');
    expect(rotation.stats(12_500).idleMs).toBe(500);
  });
});

describe('limits', () => {
  const member = { maxConnections: 5, requestsPerSecond: 10 };

  it('are those of the proxy, whichever pools it is in', () => {
    const limits = new ProxyLimits();
    const pools = [{ pauseMs: 100 }, { pauseMs: 200 }].map(
      (more) => new ProxyRotation(poolOf(1, { ...more, ejectAfterFailures: 5 }, member), () => 0, limits),
    );
    const [a, b] = pools as [ProxyRotation, ProxyRotation];
    let nowMs = 0;
    for (const pool of [a, b, a, b, a]) take(pool, 'x', (nowMs += 100));
    expect(b.choose('x', (nowMs += 100))).toMatchObject({ proxy: null, isDead: false });
    expect([a, b].map((pool) => pool.health()[0]?.connections)).toEqual([5, 5]);
  });

  it('are shared by the workers that live', () => {
    const limits = new ProxyLimits();
    limits.workers = 2;
    const rotation = new ProxyRotation(poolOf(1, {}, member), () => 0, limits);
    take(rotation, 'x', 0);
    expect(rotation.choose('x', 50)).toMatchObject({ proxy: null, waitMs: 150 });
    take(rotation, 'x', 200);
    expect(rotation.choose('x', 1_000)).toMatchObject({ proxy: null, isDead: false });
    limits.workers = 1;
    expect(rotation.choose('x', 1_000).proxy).not.toBeNull();
  });
});

it('holds limits and never gives an ejected proxy, whatever happens', () => {
  const step = fc.record({
    what: fc.constantFrom('take', 'ok', 'fail', 'unknown'),
    at: fc.nat(20),
    afterMs: fc.nat(600),
  });
  const rotations = fc.constantFrom('round_robin', 'random', 'sticky', 'least_used');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), rotations, (steps, rotation) => {
      const pool = poolOf(3, { rotation }, { maxConnections: 2, requestsPerSecond: 10 });
      const state = new ProxyRotation(pool, () => 0.5);
      const open: { id: string; end: ReturnType<typeof take>['end'] }[] = [];
      let nowMs = 0;
      for (const { what, at, afterMs } of steps) {
        nowMs += afterMs;
        if (what === 'take') {
          const ejected = new Map(state.health().map(({ id, retryAtMs }) => [id, retryAtMs]));
          const choice = state.choose(`k${at}`, nowMs);
          if (choice.proxy === null) continue;
          expect(ejected.get(choice.proxy.id) ?? 0).toBeLessThanOrEqual(nowMs);
          open.push({ id: choice.proxy.id, end: choice.end });
        } else {
          const [use] = open.splice(at % Math.max(1, open.length), 1);
          use?.end(what === 'ok' ? ok : what === 'fail' ? fail : null, nowMs);
        }
        for (const { id, connections } of state.health()) {
          expect(connections).toBe(open.filter((use) => use.id === id).length);
          expect(connections).toBeLessThanOrEqual(2);
        }
      }
    }),
  );
});
