import type { DomainFlowEvent, EventPayload, EventType } from '@domainflow/domain/events/event.ts';
import { describe, expect, it } from 'vitest';
import { reduceCampaign, reduceCampaigns, reduceLeadJobs, staleAfter } from './live-reducers.ts';

let seq = 0;
function event<T extends EventType>(type: T, payload: EventPayload<T>): DomainFlowEvent {
  seq += 1;
  return {
    id: String(seq),
    stream: 'c1',
    seq,
    type,
    at: '2026-01-01T00:00:00.000Z',
    payload,
  } as DomainFlowEvent;
}

const campaign = {
  campaignId: 'c1',
  campaignName: 'One',
  status: 'active',
  version: 4,
  progress: 0,
  allowedCommands: ['pause'],
  phases: [
    { phase: 'dns', status: 'running', total: 100, processed: 10, counts: { OK: 10 }, label: 'DNS' },
    { phase: 'http', status: 'configured', total: 0, processed: 0, counts: {}, label: 'HTTP' },
  ],
} as const;

describe('reduceCampaign', () => {
  it('takes the numbers of a progress event and leaves the rest of the phase', () => {
    const next = reduceCampaign(
      campaign,
      event('campaign_progress', {
        campaignId: 'c1',
        phases: [
          { phase: 'dns', status: 'running', total: 100, processed: 50, counts: { OK: 30, NXDOMAIN: 20 } },
        ],
      }),
    );
    expect(next.phases[0]).toEqual({
      phase: 'dns',
      status: 'running',
      total: 100,
      processed: 50,
      counts: { OK: 30, NXDOMAIN: 20 },
      label: 'DNS',
    });
    expect(next.phases[1]).toBe(campaign.phases[1]);
    expect(next.progress).toBe(25);
    expect(next.allowedCommands).toBe(campaign.allowedCommands);
  });

  it('gives summaries no counts that they do not have', () => {
    const summary = {
      ...campaign,
      phases: [{ phase: 'dns', status: 'running', total: 10, processed: 1 }],
    } as const;
    const next = reduceCampaign(
      summary,
      event('campaign_progress', {
        campaignId: 'c1',
        phases: [{ phase: 'dns', status: 'running', total: 10, processed: 5, counts: { OK: 5 } }],
      }),
    );
    expect(next.phases[0]).toEqual({ phase: 'dns', status: 'running', total: 10, processed: 5 });
    expect(next.progress).toBe(50);
  });

  it('moves status and name, and keeps the version for the next fetch', () => {
    const next = reduceCampaign(
      campaign,
      event('campaign_changed', {
        campaignId: 'c1',
        version: 5,
        change: 'transition',
        campaignName: 'Renamed',
        status: 'paused',
      }),
    );
    expect(next).toMatchObject({ status: 'paused', campaignName: 'Renamed', version: 4 });
  });

  it('ignores a change that is older than what it has', () => {
    const old = event('campaign_changed', {
      campaignId: 'c1',
      version: 3,
      change: 'transition',
      campaignName: 'One',
      status: 'pending',
    });
    expect(reduceCampaign(campaign, old)).toBe(campaign);
  });

  it('moves a phase, and completes it with its final counts', () => {
    const paused = reduceCampaign(
      campaign,
      event('phase_transition', { campaignId: 'c1', phase: 'dns', from: 'running', to: 'paused' }),
    );
    expect(paused.phases[0]?.status).toBe('paused');
    const done = reduceCampaign(
      campaign,
      event('validation_complete', {
        campaignId: 'c1',
        phase: 'dns',
        processed: 100,
        counts: { OK: 60, NXDOMAIN: 40 },
      }),
    );
    expect(done.phases[0]).toMatchObject({
      status: 'completed',
      processed: 100,
      counts: { OK: 60, NXDOMAIN: 40 },
    });
    expect(done.progress).toBe(50);
  });

  it('leaves other campaigns and alerts alone', () => {
    const other = event('campaign_progress', { campaignId: 'c2', phases: [] });
    const alert = event('system_alert', { severity: 'info', message: 'hello' });
    expect(reduceCampaign(campaign, other)).toBe(campaign);
    expect(reduceCampaign(campaign, alert)).toBe(campaign);
    const list = [campaign];
    expect(reduceCampaigns(list, other)).toBe(list);
  });
});

it('reduceLeadJobs takes the numbers of the job that the event is about', () => {
  const jobs = [
    { leadJobId: 'j1', status: 'running', total: 0, done: 0, changed: 0, kind: 'rescore' },
    { leadJobId: 'j2', status: 'completed', total: 3, done: 3, changed: 1, kind: 'group' },
  ] as const;
  const news = {
    kind: 'rescore',
    status: 'paused',
    campaignId: null,
    total: 9,
    done: 4,
    changed: 2,
  } as const;
  const next = reduceLeadJobs(jobs, { operationId: 'j1', ...news });
  expect(next[0]).toEqual({
    leadJobId: 'j1',
    status: 'paused',
    total: 9,
    done: 4,
    changed: 2,
    kind: 'rescore',
  });
  expect(next[1]).toBe(jobs[1]);
  expect(reduceLeadJobs(jobs, { operationId: 'j3', ...news })).toBe(jobs);
});

describe('staleAfter', () => {
  it('asks for results while progress moves, and for nothing else', () => {
    expect(staleAfter(event('campaign_progress', { campaignId: 'c1', phases: [] }))).toEqual({
      campaign: null,
      lists: false,
      results: 'c1',
      allResults: false,
      deleted: null,
      leadJobs: false,
    });
  });

  it('asks for campaign and lists after a transition, and drops what was deleted', () => {
    const payload = { campaignId: 'c1', version: 5, campaignName: 'One', status: 'active' } as const;
    expect(staleAfter(event('campaign_changed', { ...payload, change: 'transition' }))).toMatchObject({
      campaign: 'c1',
      lists: true,
    });
    expect(staleAfter(event('campaign_changed', { ...payload, change: 'deleted' }))).toMatchObject({
      campaign: null,
      deleted: 'c1',
      lists: true,
    });
  });

  it('asks for everything when a phase has completed', () => {
    expect(
      staleAfter(event('validation_complete', { campaignId: 'c1', phase: 'dns', processed: 1, counts: {} })),
    ).toMatchObject({ campaign: 'c1', results: 'c1', lists: true, leadJobs: false });
  });

  it('asks for lead jobs when one begins or ends, and for what they have changed while they run', () => {
    const job = { operationId: 'j1', kind: 'rescore', campaignId: 'c1', total: 10, changed: 1 } as const;
    const after = (change: { status: 'running' | 'completed'; done: number; campaignId?: null }): unknown =>
      staleAfter(event('bulk_operation_update', { ...job, ...change }));
    expect(after({ status: 'running', done: 0 })).toMatchObject({ leadJobs: true });
    expect(after({ status: 'running', done: 5 })).toMatchObject({
      leadJobs: false,
      results: 'c1',
      allResults: false,
    });
    expect(after({ status: 'completed', done: 10, campaignId: null })).toMatchObject({
      leadJobs: true,
      results: null,
      allResults: true,
    });
  });
});
