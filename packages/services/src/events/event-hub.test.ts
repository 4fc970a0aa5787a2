import type { UserId } from '@domainflow/domain/ids.ts';
import { expect, test } from 'vitest';
import { DeliveredEvent } from './delivered-event.ts';
import { EventHub } from './event-hub.ts';

const MEMBER = { userId: 'member' as UserId, role: 'member' } as const;
const ADMIN = { userId: 'admin' as UserId, role: 'admin' } as const;

const event = (id: number, stream: string, ownerId: string | null): DeliveredEvent =>
  new DeliveredEvent({
    ...{
      id: String(id),
      stream,
      seq: String(id),
      owner_id: ownerId,
      type: 'system_alert',
      payload: {},
      at: new Date(0),
    },
  });

test('a follower that does not read is not queued for without end: it is told once what it lost', async () => {
  const hub = new EventHub();
  const slow = hub.subscribe(ADMIN, 'a');
  const quick = hub.subscribe(ADMIN, 'a');
  const heard: number[] = [];
  for (let id = 1; id <= 300; id += 1) {
    hub.publish(event(id, 'a', null), id);
    const taken = await quick.take();
    if (taken?.kind === 'event') heard.push(taken.queued.event.id);
  }
  expect(heard).toHaveLength(300);
  // 256 wait; the next one drops them all, with itself.
  expect(await slow.take()).toMatchObject({ kind: 'overflow', last: { safeId: 257 } });
  expect(await slow.take()).toMatchObject({ kind: 'event', queued: { safeId: 258 } });
});

test('members are told of their own and of what is nobody’s; streams are kept apart', async () => {
  const hub = new EventHub();
  const all = hub.subscribe(MEMBER, null);
  const one = hub.subscribe(ADMIN, 'b');
  hub.publish(event(1, 'a', 'other'), 1);
  hub.publish(event(2, 'a', MEMBER.userId), 2);
  hub.publish(event(3, 'b', null), 3);
  expect(await all.take()).toMatchObject({ queued: { safeId: 2 } });
  expect(await all.take()).toMatchObject({ queued: { safeId: 3 } });
  expect(await one.take()).toMatchObject({ queued: { safeId: 3 } });
});

test('closing wakes who waits, and forgets them', async () => {
  const hub = new EventHub();
  const waiting = hub.subscribe(ADMIN, 'a');
  hub.subscribe(ADMIN, null);
  expect(hub.connections).toEqual({ campaign: 1, all: 1 });
  const taken = waiting.take();
  hub.close();
  expect(await taken).toBeNull();
  expect(hub.connections).toEqual({ campaign: 0, all: 0 });
  expect(await hub.subscribe(ADMIN, 'a').take()).toBeNull();
});
