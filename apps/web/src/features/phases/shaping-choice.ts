import {
  type CapKind,
  resolveShaping,
  SHAPING_PRESETS,
  type Shaping,
  shapingSchema,
} from '@domainflow/domain/shaping/shaping-schema.ts';
import type { z } from 'zod';
import { formatCount } from '../../lib/format.ts';

/** How traffic is shaped as phases hold it, half-typed numbers included. */
export type ShapingInput = z.input<typeof shapingSchema>;

/** What a person chooses from. `persona`: as the phase's persona says. */
export const SHAPING_CHOICES = ['persona', ...SHAPING_PRESETS, 'own'] as const;
export type ShapingChoice = (typeof SHAPING_CHOICES)[number];

export const SHAPING_LABELS: Readonly<Record<ShapingChoice, string>> = {
  persona: 'As the persona says',
  off: 'Off',
  gentle: 'Gentle',
  discreet: 'Discreet',
  own: 'Own settings',
};

export type ShapedPhase = 'dns' | 'http';

/** What the form of own settings hands to each of its parts. */
export interface ShapingPartProps {
  phase: ShapedPhase;
  values: Shaping;
  onChange: (values: Shaping) => void;
  errorAt: (path: string) => string | undefined;
}

/** The caps that mean something in a phase. */
export const CAPS_OF: Readonly<Record<ShapedPhase, readonly CapKind[]>> = {
  dns: ['resolver', 'nameServer', 'registrableDomain'],
  http: ['address', 'registrableDomain'],
};

/** Nothing is shaped, with every part there. */
const NOTHING: Shaping = {
  order: 'sequential',
  jitter: { distribution: 'none', meanMs: 100, spread: 0.5 },
  rotation: { personaIds: [], resolvers: false, proxies: null, every: 'domain', sliceMs: 60_000 },
  caps: { resolver: null, nameServer: null, address: null, registrableDomain: null },
  quietHours: null,
};

/** Which choice a stored shaping stands for: a preset may have quiet hours of its own; what differs further is `own`. */
export function choiceOf(shaping: ShapingInput | null | undefined): ShapingChoice {
  if (shaping === null || shaping === undefined) return 'persona';
  const { preset, quietHours: _, ...parts } = shaping;
  if (preset === 'off') return 'off';
  const hasParts = Object.values(parts).some((part) => part !== undefined);
  return preset === undefined || hasParts ? 'own' : preset;
}

/** All values that hold; of settings that are being typed, those. */
export function valuesOf(shaping: ShapingInput | null | undefined): Shaping {
  const parsed = shapingSchema.safeParse(shaping ?? {});
  if (parsed.success) return resolveShaping(parsed.data, null) ?? NOTHING;
  // Only what this form wrote can fail, and it writes every part in full.
  return { ...NOTHING, ...shaping } as Shaping;
}

/** The shaping after another choice: own settings begin with what was there, and quiet hours are kept. */
export function shapingFor(
  choice: ShapingChoice,
  before: ShapingInput | null | undefined,
): ShapingInput | null {
  const values = valuesOf(before);
  switch (choice) {
    case 'persona':
      return null;
    case 'off':
      return { preset: 'off' };
    case 'gentle':
    case 'discreet':
      return { preset: choice, ...(values.quietHours === null ? {} : { quietHours: values.quietHours }) };
    case 'own':
      return { ...values };
  }
}

/** What is wrong with the shaping, by the path of its field. */
export function shapingProblems(shaping: ShapingInput | null | undefined): ReadonlyMap<string, string> {
  const parsed = shapingSchema.nullish().safeParse(shaping);
  return new Map(parsed.error?.issues.map((issue) => [issue.path.join('.'), messageOf(issue)]) ?? []);
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'A number';
    case 'too_small':
      return issue.origin === 'array' ? 'At least one' : `At least ${issue.minimum}`;
    case 'too_big':
      return `At most ${formatCount(Number(issue.maximum))}`;
    default:
      return issue.message;
  }
}

/** What a cap counts by, in words. */
export const CAP_LABELS: Readonly<Record<CapKind, string>> = {
  resolver: 'each resolver',
  nameServer: 'the name servers of each public suffix',
  address: 'each address',
  registrableDomain: 'each registrable domain',
};

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 3 });

/** What a shaping does, a sentence each. */
export function shapingFacts(values: Shaping, phase: ShapedPhase): string[] {
  const facts = [values.order === 'random' ? 'Domains in a random order.' : 'Domains in their order.'];
  const { distribution, meanMs } = values.jitter;
  if (distribution !== 'none')
    facts.push(`Starts ${number(meanMs)} ms apart on average (${distribution}), of all workers together.`);
  if (phase === 'dns' && values.rotation.resolvers)
    facts.push('Resolvers take turns as the one that is asked first.');
  for (const kind of CAPS_OF[phase]) {
    const cap = values.caps[kind];
    if (cap === null) continue;
    const limits = [
      ...(cap.perSecond === null ? [] : [`${number(cap.perSecond)} a second`]),
      ...(cap.concurrency === null ? [] : [`${number(cap.concurrency)} at once`]),
    ];
    if (limits.length > 0) facts.push(`At most ${limits.join(' and ')} at ${CAP_LABELS[kind]}.`);
  }
  if (values.quietHours !== null) {
    const { from, to, timeZone } = values.quietHours;
    facts.push(`Nothing from ${from} to ${to} (${timeZone}).`);
  }
  return facts;
}
