import { PHASES } from '@domainflow/domain/phases/registry.ts';
import type { CampaignProgress, PhaseView } from './api-client.ts';
import type { Terminal } from './terminal.ts';
import { bar, cut, formatCount, formatDuration, formatShare, padRight } from './text-layout.ts';

const BAR_COLUMNS = 24;
const VERDICTS_SHOWN = 4;
const labelColumns = Math.max(...Object.values(PHASES).map(({ label }) => label.length));

/** Tells of a campaign's phases: one line of each that has ended, and the running one as it goes. */
export class ProgressDisplay {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #told = new Set<string>();
  readonly #countColumns: number;

  /** `now` gives milliseconds since 1970. */
  constructor(terminal: Terminal, names: number, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#countColumns = formatCount(names).length;
  }

  show({ phases }: CampaignProgress): void {
    for (const phase of phases) {
      if (phase.startedAt === null || this.#told.has(phase.phase)) continue;
      const hasEnded = phase.completedAt !== null;
      if (hasEnded || phase.status !== 'running') {
        this.#told.add(phase.phase);
        this.#ended(phase);
      } else if (this.#terminal.isLive) {
        this.#terminal.live(this.#running(phase));
      } else if (phase.processed > 0) {
        this.#terminal.line(this.#running(phase));
      }
    }
  }

  #running(phase: PhaseView): string {
    const share = phase.total === 0 ? 0 : phase.processed / phase.total;
    const { paint, isLive } = this.#terminal;
    const drawn = isLive ? `${paint('cyan', bar(share, BAR_COLUMNS))} ` : '';
    return `  ${padRight(phase.label, labelColumns)}  ${drawn}${this.#figures(phase)}`;
  }

  #ended(phase: PhaseView): void {
    const { paint, isLive } = this.#terminal;
    const isDone = phase.status === 'completed';
    const colour = isDone ? 'green' : 'red';
    const share = phase.total === 0 ? 1 : phase.processed / phase.total;
    const drawn = isLive ? `${paint(colour, bar(share, BAR_COLUMNS))} ` : '';
    const label = padRight(phase.label, labelColumns);
    this.#terminal.line(
      `  ${paint('bold', label)}  ${drawn}${this.#figures(phase)}  ${paint(colour, isDone ? 'done' : phase.status)}`,
    );
    const verdicts = describeVerdicts(phase);
    const indent = ' '.repeat(labelColumns + 4);
    if (verdicts !== '')
      this.#terminal.line(paint('dim', indent + cut(verdicts, this.#terminal.columns - indent.length)));
    if (phase.errorDetails !== null) this.#terminal.line(indent + paint('red', phase.errorDetails.message));
  }

  /** How much of how much, the share, the rate and the time. */
  #figures({ processed, total, startedAt, completedAt }: PhaseView): string {
    const started = startedAt === null ? this.#now() : Date.parse(startedAt);
    const ended = completedAt === null ? this.#now() : Date.parse(completedAt);
    const elapsedMs = Math.max(ended - started, 0);
    const perSecond = elapsedMs < 1 ? 0 : Math.round((processed * 1000) / elapsedMs);
    const count = (value: number) => formatCount(value).padStart(this.#countColumns);
    return [
      `${count(processed)} of ${count(total)}`,
      formatShare(processed, total).padStart(6),
      `${formatCount(perSecond).padStart(7)}/s`,
      formatDuration(elapsedMs).padStart(11),
    ].join('  ');
  }
}

/** What came out, the most frequent first: "Resolves 1,437, Does not exist 3,489". */
function describeVerdicts({ phase, counts }: PhaseView): string {
  const known: Readonly<Record<string, { readonly label: string } | undefined>> = PHASES[phase].verdicts;
  const sorted = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const texts = sorted
    .slice(0, VERDICTS_SHOWN)
    .map(([verdict, count]) => `${known[verdict]?.label ?? verdict} ${formatCount(count)}`);
  const others = sorted.slice(VERDICTS_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  return [...texts, ...(others === 0 ? [] : [`others ${formatCount(others)}`])].join(', ');
}
