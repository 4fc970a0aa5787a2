import type { ResolverTest } from '@domainflow/domain/probe/resolver-test.ts';

type Checks = ResolverTest['checks'];

/** One sentence about a resolver: what makes it unusable first, then what is less good, then how fast it is. */
export function summarise(
  checks: Checks,
  fatal: ReadonlySet<Checks[number]['check']>,
  latencyMs: number | null,
): string {
  const failures = checks.filter(({ result }) => result === 'failed');
  const worst = failures.find(({ check }) => fatal.has(check));
  if (worst !== undefined) {
    return worst.check === 'reachable' ? `It does not answer: ${worst.detail}.` : `${worst.detail}.`;
  }
  const speed = latencyMs === null ? 'It works' : `It works and answers in ${latencyMs} ms`;
  const [flaw] = failures;
  if (flaw === undefined) return `${speed}.`;
  return `${speed}, but ${flaw.detail.charAt(0).toLowerCase()}${flaw.detail.slice(1)}.`;
}
