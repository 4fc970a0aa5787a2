import type { LeadView } from './api-client.ts';
import type { Terminal } from './terminal.ts';
import { cut, padRight, plainText, widthOf, wrap } from './text-layout.ts';

const INDENT = ' '.repeat(6);
const PART_COLUMNS = 14;

/** Leads with what their score is made of and how to reach them. */
export function printLeads(terminal: Terminal, leads: readonly LeadView[]): void {
  terminal.line();
  terminal.line(
    terminal.paint('bold', leads.length === 1 ? 'The best lead' : `The ${leads.length} best leads`),
  );
  if (leads.length === 0) terminal.line('  None.');
  for (const [index, lead] of leads.entries()) {
    terminal.line();
    const rank = `${index + 1}.`.padStart(4);
    const score = `score ${lead.score}`;
    const said = [lead.title, lead.organisation].flatMap((text) => (text === null ? [] : [plainText(text)]));
    const about = [...new Set(said)].join(' | ');
    const room = terminal.columns - widthOf(`${rank}  ${lead.domain}  ${score}  `);
    const { paint } = terminal;
    terminal.line(
      `${rank}  ${paint('bold', lead.domain)}  ${paint('green', score)}  ${paint('dim', cut(about, room))}`,
    );
    for (const { part, points, reasons } of gathered(lead.scoreParts)) {
      const sum = paint(points < 0 ? 'red' : 'green', signed(points).padStart(4));
      const lines = wrap(reasons, terminal.columns - INDENT.length - PART_COLUMNS - 7);
      terminal.line(
        `${INDENT}${sum}  ${padRight(part.replaceAll('_', ' '), PART_COLUMNS)} ${lines[0] ?? ''}`,
      );
      for (const more of lines.slice(1))
        terminal.line(`${' '.repeat(INDENT.length + 7 + PART_COLUMNS)}${more}`);
    }
    printContacts(terminal, lead.contacts);
  }
}

type ScorePart = LeadView['scoreParts'][number];

interface Gathered {
  readonly part: string;
  readonly points: number;
  readonly reasons: readonly string[];
}

/** Parts of one kind together: keywords and the limit on them are one. */
function gathered(parts: readonly ScorePart[]): Gathered[] {
  const kinds = Map.groupBy(parts, ({ part }) => (part.startsWith('keyword') ? 'keywords' : part));
  return Array.from(kinds, ([part, each]) => ({
    part,
    points: each.reduce((sum, { points }) => sum + points, 0),
    reasons: each.map(({ reason, points }) => {
      const text = plainText(reason);
      return each.length === 1 ? text : `${signed(points)} ${withoutContext(text)}`;
    }),
  }));
}

const signed = (points: number): string => `${points > 0 ? '+' : ''}${points}`;

/** A keyword's reason ends with the text around it, which is long: `"fret" in the title, once (weight 8): ...`. */
const withoutContext = (reason: string): string => reason.replace(/(?:, once)? \(weight -?[\d.]+\): .*$/, '');

function printContacts(terminal: Terminal, contacts: LeadView['contacts']): void {
  const values = [...new Set(contacts.map(({ value }) => plainText(value)))];
  const name = padRight('contacts', PART_COLUMNS);
  for (const [index, text] of wrap(values, terminal.columns - INDENT.length - PART_COLUMNS - 7).entries()) {
    const label = index === 0 ? name : ' '.repeat(PART_COLUMNS);
    terminal.line(`${INDENT}      ${label} ${terminal.paint('cyan', text)}`);
  }
}
