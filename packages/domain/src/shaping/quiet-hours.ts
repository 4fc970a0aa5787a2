import { z } from 'zod';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof WEEKDAYS)[number];

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'A time of day such as 07:30');

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** When nothing is sent. */
export const quietHoursSchema = z
  .object({
    /** As in the IANA database: `Europe/Berlin`. */
    timeZone: z.string().max(64).refine(isTimeZone, 'No time zone of this name'),
    from: timeOfDay,
    /** Not after `from`: the next day. */
    to: timeOfDay,
    /** The days on which it begins. */
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .max(7)
      .refine((days) => new Set(days).size === days.length, 'A day stands there twice')
      .default([...WEEKDAYS]),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'The end must differ from the beginning' });
export type QuietHours = z.output<typeof quietHoursSchema>;

export interface QuietState {
  readonly isQuiet: boolean;
  /** When that changes, in milliseconds since 1970. */
  readonly changesAtMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** More than a clock is ever put forward or back at once. */
const CLOCK_CHANGE_MINUTES = 130;
const LOOK_AHEAD_MS = 9 * DAY_MINUTES * MINUTE_MS;

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/**
 * Tells whether a moment lies in the quiet hours, and until when that stays. Both follow the clock on the wall of the
 * time zone, also where it is put forward or back.
 */
export function quietClock(quiet: QuietHours): (wallMs: number) => QuietState {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: quiet.timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  const days = new Set<Weekday>(quiet.days);

  const localTime = (wallMs: number): { day: number; minute: number } => {
    const parts = format.formatToParts(wallMs);
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
    const day = WEEKDAYS.indexOf(part('weekday').toLowerCase() as Weekday);
    return { day, minute: Number(part('hour')) * 60 + Number(part('minute')) };
  };
  const isQuiet = ({ day, minute }: { day: number; minute: number }): boolean => {
    const beginsOn = (index: number): boolean => days.has(WEEKDAYS[(index + 7) % 7] as Weekday);
    if (from < to) return minute >= from && minute < to && beginsOn(day);
    return (minute >= from && beginsOn(day)) || (minute < to && beginsOn(day - 1));
  };

  return (wallMs) => {
    const state = isQuiet(localTime(wallMs));
    let atMs = Math.floor(wallMs / MINUTE_MS) * MINUTE_MS;
    const endMs = wallMs + LOOK_AHEAD_MS;
    while (atMs < endMs) {
      const { minute } = localTime(atMs);
      const ahead = Math.min(
        ...[from, to].map((at) => (at - minute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES),
      );
      // Near a boundary minute by minute: on the days when clocks change it is not as far away as it looks.
      atMs += Math.max(1, ahead - CLOCK_CHANGE_MINUTES) * MINUTE_MS;
      if (isQuiet(localTime(atMs)) !== state) return { isQuiet: state, changesAtMs: atMs };
    }
    return { isQuiet: state, changesAtMs: endMs };
  };
}
