import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHttpPhase } from './testing/run-http-phase.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: 'own-lookup', existRate: 1 });
});
afterAll(() => lab.close());

const NAME = 'live-1.com';
/** Run with addresses that the DNS phase found once, and that the guard would not let through. */
const visited = async (config: object, name = NAME) => {
  const found = await runHttpPhase(lab, [name], config, {}, () => ['10.1.2.3']);
  const result = found.get(name)?.result;
  const hops = result?.evidence['hops'] as { address: string | null }[] | undefined;
  return { verdict: result?.verdict, first: hops?.[0]?.address };
};

it('connects to the addresses of the DNS phase unless told otherwise', async () => {
  lab.resetCounts();
  expect(await visited({})).toEqual({ verdict: 'ERROR', first: '10.1.2.3' });
  expect(lab.queries().dns.total).toBe(0);
});

it('asks the DNS persona before the visit where told so', async () => {
  const { verdict, first } = await visited({ addresses: 'resolve' });
  expect(verdict).toBe('OK');
  expect(lab.truth(NAME).dns.a).toContain(first);
});

it('does not fall back to the old addresses where that gives none', async () => {
  expect(await visited({ addresses: 'resolve' }, 'absent-1.com')).toEqual({ verdict: 'ERROR', first: null });
});
