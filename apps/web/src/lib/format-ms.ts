/** A short time: `0.4 ms`, `52 ms`, `1.3 s`. */
export function formatMs(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
}

/** The same, with a dash where there is none. */
export const msOrDash = (ms: number | null): string => (ms === null ? '–' : formatMs(ms));
