import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Clock } from '@domainflow/domain/clock.ts';
import { describe, expect, it } from 'vitest';
import { VisitDeadline } from './visit-deadline.ts';

/** A clock whose process stands still for as long as the test says. */
function clockWith(): Clock & { stall(ms: number): void } {
  let stalledMs = 0;
  return {
    nowMs: () => performance.now(),
    stalledMs: () => stalledMs,
    every: () => () => {},
    stall: (ms) => {
      stalledMs += ms;
    },
  };
}

const strikeAfter = (deadline: VisitDeadline, atMs: number): Promise<number> =>
  new Promise((resolve) => {
    const startedMs = performance.now();
    deadline.at(atMs, () => resolve(performance.now() - startedMs));
  });

describe('deadline of a visit', () => {
  it('strikes at its moment', async () => {
    const tookMs = await strikeAfter(new VisitDeadline(clockWith(), 1_000), 40);
    expect(tookMs).toBeGreaterThanOrEqual(39);
  });

  it('grants again the time that the process stood still', async () => {
    const clock = clockWith();
    const strike = strikeAfter(new VisitDeadline(clock, 1_000), 40);
    clock.stall(100);
    expect(await strike).toBeGreaterThanOrEqual(139);
  });

  it('grants no more than the timeout once more', async () => {
    const clock = clockWith();
    const deadline = new VisitDeadline(clock, 60);
    clock.stall(3_600_000);
    expect(deadline.leftMs()).toBeLessThanOrEqual(120);
    const strike = strikeAfter(deadline, 60);
    expect(await strike).toBeLessThan(3_000);
    expect(deadline.leftMs()).toBeLessThanOrEqual(0);
  });

  it('grants little to a process that mostly worked', () => {
    let nowMs = 0;
    let stalledMs = 0;
    const clock: Clock = { nowMs: () => nowMs, stalledMs: () => stalledMs, every: () => () => {} };
    const deadline = new VisitDeadline(clock, 10_000);
    nowMs = 10_750;
    stalledMs = 2_000;
    expect(deadline.leftMs()).toBe(0);
    // It stood still for more than a quarter of the time: that was not the site's.
    stalledMs = 3_000;
    expect(deadline.leftMs()).toBe(2_250);
  });

  it('lets what has arrived be read before it strikes late', async () => {
    const order: string[] = [];
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [[peer]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
      [Socket],
      [],
    ];
    client.on('data', () => order.push('input'));
    await new Promise((resolve) => setImmediate(resolve));

    // It is in the system's buffer before the deadline; then this process does not look for a while.
    peer.write('in time');
    const struck = strikeAfter(new VisitDeadline(clockWith(), 5), 5).then(() => order.push('deadline'));
    const untilMs = performance.now() + 50;
    while (performance.now() < untilMs);
    await struck;
    expect(order).toEqual(['input', 'deadline']);
    client.destroy();
    peer.destroy();
    server.close();
  });

  it('does nothing once disarmed', async () => {
    let struck = false;
    const disarm = new VisitDeadline(clockWith(), 10).at(10, () => {
      struck = true;
    });
    disarm();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(struck).toBe(false);
  });

  it('gives each step its own moment, sooner or later than that of the step before', async () => {
    const deadline = new VisitDeadline(clockWith(), 1_000);
    const struck: string[] = [];
    deadline.at(300, () => struck.push('replaced'));
    const soonMs = await strikeAfter(deadline, 40);
    const laterMs = await strikeAfter(deadline, 120);
    expect(soonMs).toBeGreaterThanOrEqual(39);
    expect(soonMs).toBeLessThan(250);
    expect(soonMs + laterMs).toBeGreaterThanOrEqual(119);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(struck).toEqual([]);
  });

  it('does nothing once the visit has ended', async () => {
    let struck = false;
    const deadline = new VisitDeadline(clockWith(), 10);
    deadline.at(10, () => {
      struck = true;
    });
    deadline.end();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(struck).toBe(false);
  });
});
