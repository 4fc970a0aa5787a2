/**
 * The time that a `Retry-After` field asks to wait, in milliseconds: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * Null where there is none or it cannot be read; `nowMs` is the time of day.
 */
export function retryAfterMs(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1_000;
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null;
  // The form of asctime has no zone, and means GMT as the others do.
  const time = Date.parse(/[ -]\d{2,4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(time) ? null : Math.max(0, time - nowMs);
}
