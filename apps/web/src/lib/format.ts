const numbers = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const moments = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** `1234567` -> `1,234,567`. */
export const formatCount = (value: number): string => numbers.format(value);

/** How many of something: `1 lead`, `1,234 leads`. `many` is for words that do not take an s. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** How many a list has in all, as exactly as the API knows it: `about 12,000 leads`. */
export const totalOf = (
  { total, totalExact }: { readonly total: number; readonly totalExact: boolean },
  one: string,
  many?: string,
): string => `${totalExact ? '' : 'about '}${countOf(total, one, many)}`;

/** `1234567` -> `1.2M`. */
export const formatCompact = (value: number): string => compact.format(value);

/** A whole number of any size in decimal digits, grouped: `"17576000000"` -> `17,576,000,000`. */
export const formatBigCount = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');

/** How large a big number is in words, null below a million and above words: `"17576000000"` -> `≈ 17.6 billion`. */
function approximateBigCount(digits: string): string | null {
  if (!/^\d+$/.test(digits) || digits.length < 7) return null;
  const names = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion'];
  const group = Math.floor((digits.length - 1) / 3);
  const name = names[group];
  if (name === undefined) return null;
  const leading = Number(
    `${digits.slice(0, digits.length - group * 3)}.${digits.slice(-group * 3).slice(0, 2)}`,
  );
  return `≈ ${leading.toFixed(1).replace(/\.0$/, '')} ${name}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A big number as a power of ten, null below a million: `"17576000000"` -> `1.8 × 10¹⁰`. */
function powerOfTen(digits: string): string | null {
  if (!/^\d+$/.test(digits) || digits.length < 7) return null;
  const [factor = '', exponent = ''] = BigInt(digits)
    .toLocaleString('en-US', {
      notation: 'scientific',
      maximumFractionDigits: 1,
    })
    .split('E');
  return `${factor} × 10${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

/** How large a big number is, in words and as a power of ten; null below a million. */
export function magnitudeOf(digits: string): string | null {
  const power = powerOfTen(digits);
  const words = approximateBigCount(digits);
  return power === null || words === null ? power : `${words} = ${power}`;
}

/** One decimal, without a needless zero: `42.3%`, `100%`. */
export const formatPercent = (percent: number): string => `${percent.toFixed(1).replace(/\.0$/, '')}%`;

/** Part of a whole in percent; `0%` of nothing. */
export const formatShare = (part: number, whole: number): string => {
  if (whole === 0) return '0%';
  const percent = (part / whole) * 100;
  return percent > 0 && percent < 0.1 ? '<0.1%' : formatPercent(percent);
};

/** Per second, as people read speeds: `0.4/s`, `38/s`, `12.3k/s`. */
export function formatRate(perSecond: number): string {
  if (perSecond >= 10_000) return `${(perSecond / 1_000).toFixed(1)}k/s`;
  if (perSecond >= 10) return `${formatCount(Math.round(perSecond))}/s`;
  return `${perSecond.toFixed(1)}/s`;
}

/** The two largest units: `45 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** `1.2 kB`: decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1_000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `3 minutes ago` up to a week, then the date. `nowMs` is the time of reading. */
export function formatAgo(instant: string, nowMs: number): string {
  const then = Date.parse(instant);
  const seconds = Math.round((nowMs - then) / 1_000);
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days < 7 ? `${days} d ago` : dates.format(then);
}

/** The day, in the reader's own time zone. */
export const formatDay = (instant: string): string => dates.format(Date.parse(instant));

/** Date and time to the second, in the reader's own time zone, which it names. */
export const formatInstant = (instant: string): string => moments.format(Date.parse(instant));
