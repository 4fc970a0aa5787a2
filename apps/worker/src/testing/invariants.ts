import type { DomainFlowEvent } from '@domainflow/domain/events/event.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { PHASES, phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { LabTruth } from '@domainflow/lab/truth.ts';
import type { Sql } from 'postgres';

/**
 * What must hold after any fault: (a) exactly one result for each domain that a phase was to work on, and it is right;
 * (b) counters equal a recount; (c) the event history has no gap and ends in the state of the database; (d) nothing is
 * leased to a dead worker; (e) each run of a phase completes once.
 */
export type InvariantLetter = 'a' | 'b' | 'c' | 'd' | 'e';

export interface Violation {
  readonly letter: InvariantLetter;
  readonly message: string;
}

export interface CheckOptions {
  readonly campaignId: string;
  readonly truth: (name: string) => LabTruth;
  /** Ids of the workers that live. */
  readonly liveWorkers: ReadonlySet<string>;
  /** The campaign's events as a client received them; those in the database unless given. */
  readonly history?: readonly Pick<DomainFlowEvent, 'seq' | 'type' | 'payload'>[];
}

/** All violations, empty where everything holds. For campaigns whose phases have ended. */
export async function checkInvariants(sql: Sql, options: CheckOptions): Promise<Violation[]> {
  const history = options.history ?? (await readHistory(sql, options.campaignId));
  return [
    ...(await checkResults(sql, options)),
    ...(await checkCounters(sql, options)),
    ...(await checkHistory(sql, options, history)),
    ...(await checkLeases(sql, options)),
    ...(await checkCompletions(sql, options, history)),
  ];
}

type History = NonNullable<CheckOptions['history']>;

async function readHistory(sql: Sql, campaignId: string): Promise<History> {
  const rows = await sql<{ seq: string; type: string; payload: never }[]>`
    SELECT seq, type, payload FROM events WHERE stream = ${campaignId} ORDER BY id`;
  return rows.map((row) => ({ ...row, seq: Number(row.seq) })) as unknown as History;
}

/** The verdict that a phase must come to; null where the truth does not say (analysis is judged by its own tests). */
function expectedVerdict(phase: PhaseName, truth: LabTruth): string | null {
  if (phase === 'dns') return truth.dns.verdict;
  if (phase === 'http') return truth.site?.http.verdict ?? 'no site';
  return null;
}

async function checkResults(sql: Sql, { campaignId, truth }: CheckOptions): Promise<Violation[]> {
  const violations: Violation[] = [];
  const report = (message: string): void => {
    violations.push({ letter: 'a', message });
  };
  const present = await sql<{ phase: PhaseName; status: string }[]>`
    SELECT phase, status FROM phase_runs WHERE campaign_id = ${campaignId} AND phase <> 'generation' AND run > 0`;
  const phases = new Set(present.map(({ phase }) => phase));
  const rows = sql<
    {
      name: string | null;
      ordinal: string;
      verdicts: Record<string, string> | null;
      is_available: boolean | null;
      n: number;
    }[]
  >`
    SELECT d.name, coalesce(d.ordinal, r.ordinal) AS ordinal, r.verdicts, r.is_available, coalesce(r.n, 0)::int AS n
    FROM (SELECT * FROM domains WHERE campaign_id = ${campaignId}) d
    FULL JOIN (
      SELECT ordinal, jsonb_object_agg(phase, verdict) AS verdicts, bool_or(is_available) AS is_available, count(*) AS n
      FROM results WHERE campaign_id = ${campaignId} GROUP BY ordinal
    ) r USING (ordinal)`;
  for await (const chunk of rows.cursor(5_000)) {
    for (const { name, ordinal, verdicts, is_available: isAvailable, n } of chunk) {
      if (name === null) {
        report(`ordinal ${ordinal} has results and no domain`);
        continue;
      }
      const known = truth(name);
      if (Object.keys(verdicts ?? {}).length !== n) report(`${name} has more than one result of a phase`);
      // Unknown is no claim; a claim must be right.
      if (isAvailable !== null && isAvailable === known.dns.isDelegated)
        report(`${name} is said to be ${isAvailable ? 'available' : 'registered'}`);
      for (const phase of phases) {
        const required = phaseNamed(phase).requires;
        const admitted = required === null || !phases.has(required) || verdicts?.[required] === 'OK';
        const verdict = verdicts?.[phase];
        if (verdict === undefined && admitted) report(`${name} has no result of ${phase}`);
        if (verdict === undefined) continue;
        if (!admitted) report(`${name} has a result of ${phase} that nothing asked for`);
        const expected = expectedVerdict(phase, known);
        if (expected !== null && verdict !== expected)
          report(`${name} is ${verdict} in ${phase}, not ${expected}`);
      }
    }
  }
  return violations;
}

const sorted = (counts: Record<string, number>): string =>
  JSON.stringify(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));

async function checkCounters(sql: Sql, { campaignId }: CheckOptions): Promise<Violation[]> {
  const violations: Violation[] = [];
  const ledgers = await sql<
    { phase: PhaseName; progress: { counts: Record<string, number>; total: number; processed: number } }[]
  >`
    SELECT phase, phase_progress(campaign_id, phase) AS progress FROM phase_runs
    WHERE campaign_id = ${campaignId} AND run > 0`;
  for (const { phase, progress } of ledgers) {
    const recount = await recountVerdicts(sql, campaignId, phase);
    // Skipped candidates leave no rows: the ledger alone knows them.
    const counted = Object.fromEntries(
      Object.entries(progress.counts).filter(
        ([verdict]) => phase !== 'generation' || verdict === 'GENERATED',
      ),
    );
    if (sorted(counted) !== sorted(recount)) {
      violations.push({
        letter: 'b',
        message: `${phase}: ledger ${sorted(counted)}, rows ${sorted(recount)}`,
      });
    }
    const sum = Object.values(progress.counts).reduce((total, n) => total + n, 0);
    if (sum !== progress.processed || progress.processed !== progress.total) {
      violations.push({
        letter: 'b',
        message: `${phase}: ${sum} counted, ${progress.processed} processed of ${progress.total}`,
      });
    }
  }
  return violations;
}

async function recountVerdicts(
  sql: Sql,
  campaignId: string,
  phase: PhaseName,
): Promise<Record<string, number>> {
  if (phase === 'generation') {
    const [row] = await sql<
      { n: number }[]
    >`SELECT count(*)::int AS n FROM domains WHERE campaign_id = ${campaignId}`;
    return row === undefined || row.n === 0 ? {} : { GENERATED: row.n };
  }
  const rows = await sql<{ verdict: string; n: number }[]>`
    SELECT verdict, count(*)::int AS n FROM results WHERE campaign_id = ${campaignId} AND phase = ${phase}
    GROUP BY verdict`;
  return Object.fromEntries(rows.map(({ verdict, n }) => [verdict, n]));
}

async function checkHistory(sql: Sql, { campaignId }: CheckOptions, history: History): Promise<Violation[]> {
  const violations: Violation[] = [];
  const report = (message: string): void => {
    violations.push({ letter: 'c', message });
  };
  for (const [index, { seq }] of history.entries()) {
    if (seq !== index + 1) {
      report(`event ${index + 1} of the history has number ${seq}`);
      break;
    }
  }
  const [campaign] = await sql<{ status: string; version: number }[]>`
    SELECT status, version FROM campaigns WHERE id = ${campaignId}`;
  const last = history.findLast(({ type }) => type === 'campaign_changed')?.payload as
    | { status: string; version: number }
    | undefined;
  if (last?.status !== campaign?.status || last?.version !== campaign?.version) {
    report(
      `the history ends as ${last?.status} ${last?.version}, the campaign is ${campaign?.status} ${campaign?.version}`,
    );
  }
  for (const phase of Object.keys(PHASES) as PhaseName[]) {
    const [row] = await sql<
      { progress: unknown }[]
    >`SELECT phase_progress(${campaignId}, ${phase}) AS progress
      FROM phase_runs WHERE campaign_id = ${campaignId} AND phase = ${phase} AND run > 0`;
    if (row === undefined) continue;
    const told = history
      .filter(({ type }) => type === 'campaign_progress')
      .flatMap(({ payload }) => (payload as { phases: { phase: string }[] }).phases)
      .findLast((progress) => progress.phase === phase);
    const same = (a: unknown, b: unknown): boolean => sorted(flat(a)) === sorted(flat(b));
    if (!same(told, row.progress)) {
      report(`${phase}: last told ${JSON.stringify(told)}, is ${JSON.stringify(row.progress)}`);
    }
  }
  return violations;
}

function flat(progress: unknown): Record<string, never> {
  const { counts = {}, ...rest } = (progress ?? {}) as { counts?: object };
  return { ...rest, ...counts } as Record<string, never>;
}

async function checkLeases(sql: Sql, { campaignId, liveWorkers }: CheckOptions): Promise<Violation[]> {
  const leased = await sql<{ phase: string; batch_no: number; leased_by: string | null }[]>`
    SELECT phase, batch_no, leased_by FROM batches WHERE campaign_id = ${campaignId} AND status = 'leased'`;
  return leased
    .filter(({ leased_by }) => leased_by === null || !liveWorkers.has(leased_by))
    .map(({ phase, batch_no, leased_by }) => ({
      letter: 'd' as const,
      message: `batch ${phase}/${batch_no} is leased to ${leased_by}, who is gone`,
    }));
}

async function checkCompletions(
  sql: Sql,
  { campaignId }: CheckOptions,
  history: History,
): Promise<Violation[]> {
  const phases = await sql<{ phase: string; run: number; status: string }[]>`
    SELECT phase, run, status FROM phase_runs WHERE campaign_id = ${campaignId} AND run > 0`;
  return phases.flatMap(({ phase, run, status }) => {
    const completions = history.filter(
      ({ type, payload }) => type === 'validation_complete' && (payload as { phase: string }).phase === phase,
    ).length;
    const expected = status === 'completed' ? run : run - 1;
    return completions === expected
      ? []
      : [
          {
            letter: 'e' as const,
            message: `${phase} completed ${completions} times in ${run} runs, and is ${status}`,
          },
        ];
  });
}
