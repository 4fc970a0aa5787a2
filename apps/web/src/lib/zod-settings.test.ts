import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configureZod } from './zod-settings.ts';

const before = { ...z.config() };

describe('messages of forms', () => {
  beforeAll(() => configureZod());
  afterAll(() => {
    z.config({ ...before, customError: undefined });
  });

  const messageOf = (input: unknown): string | undefined =>
    dnsPersonaSchema.safeParse(input).error?.issues[0]?.message;

  it('are short, and do not speak of types', () => {
    expect(messageOf({ timeoutMs: 5 })).toBe('Not below 50');
    expect(messageOf({ attempts: 21 })).toBe('At most 20');
    expect(messageOf({ timeoutMs: Number.NaN })).toBe('A number is needed');
    expect(messageOf({ recordTypes: [] })).toBe('At least 1');
  });

  it('leave a schema its own words', () => {
    expect(z.string().min(1, 'A name is needed').safeParse('').error?.issues[0]?.message).toBe(
      'A name is needed',
    );
  });
});
