import { describe, expect, it } from 'vitest';
import { EVENT_PAYLOADS, EVENT_TYPES, type EventPayload, type EventType } from './event.ts';

const campaignId = '019438f4-7c3a-7b21-9f0e-5a1d2c3b4e5f';

/** One payload of each type; the compiler demands a new type's too. */
const EXAMPLES: { [T in EventType]: EventPayload<T> } = {
  campaign_changed: { campaignId, version: 2, change: 'transition', campaignName: 'Shops', status: 'active' },
  phase_transition: { campaignId, phase: 'dns', from: 'configured', to: 'running' },
  campaign_progress: {
    campaignId,
    phases: [{ phase: 'dns', status: 'running', total: 10, processed: 3, counts: { OK: 2, NXDOMAIN: 1 } }],
  },
  validation_complete: { campaignId, phase: 'dns', processed: 10, counts: {} },
  bulk_operation_update: {
    operationId: campaignId,
    kind: 'rescore',
    status: 'running',
    campaignId: null,
    total: 10,
    done: 5,
    changed: 2,
  },
  system_alert: { severity: 'warning', message: 'No resolver answers.' },
};

describe.each(EVENT_TYPES)('the event %s', (type) => {
  const schema = EVENT_PAYLOADS[type];

  it('comes through JSON as it was', () => {
    expect(schema.parse(JSON.parse(JSON.stringify(EXAMPLES[type])))).toEqual(EXAMPLES[type]);
  });

  it('needs each of its fields', () => {
    for (const field of Object.keys(EXAMPLES[type])) {
      expect(schema.safeParse({ ...EXAMPLES[type], [field]: undefined }).success, field).toBe(false);
    }
  });
});

describe('event payloads', () => {
  it('refuse statuses and phases that do not exist', () => {
    const { phase_transition, campaign_changed } = EVENT_PAYLOADS;
    expect(phase_transition.safeParse({ ...EXAMPLES.phase_transition, to: 'done' }).success).toBe(false);
    expect(phase_transition.safeParse({ ...EXAMPLES.phase_transition, phase: 'smtp' }).success).toBe(false);
    expect(campaign_changed.safeParse({ ...EXAMPLES.campaign_changed, status: 'running' }).success).toBe(
      false,
    );
  });
});
