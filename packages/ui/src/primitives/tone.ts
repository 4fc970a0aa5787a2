/** What a colour says. It never says it alone: a label or an icon stands beside it. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken text-ink-soft ring-line',
  accent: 'bg-accent-soft text-accent-ink ring-accent/20',
  ok: 'bg-ok-soft text-ok-ink ring-ok/25',
  warn: 'bg-warn-soft text-warn-ink ring-warn/35',
  bad: 'bg-bad-soft text-bad-ink ring-bad/25',
};

export const TONE_FILL: Readonly<Record<Tone, string>> = {
  neutral: 'bg-muted',
  accent: 'bg-accent',
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
};
