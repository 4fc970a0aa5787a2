import { styleText } from 'node:util';

type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';

/** Where the demo writes: knows whether lines can be rewritten, how wide they are, and whether colours are wanted. */
export interface Terminal {
  /** Whether a line can be written over. */
  readonly isLive: boolean;
  readonly columns: number;
  line(text?: string): void;
  /** Writes over the last line that `live` wrote; `line` does so too. Only where `isLive`. */
  live(text: string): void;
  paint(colour: Colour, text: string): string;
}

const DEFAULT_COLUMNS = 100;
const MAX_COLUMNS = 140;

/** The terminal of a stream. Colours only where it is one and `NO_COLOR` is not set (https://no-color.org). */
export function openTerminal(
  stream: { isTTY?: boolean; columns?: number; write(text: string): unknown },
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  const isLive = stream.isTTY === true && env.TERM !== 'dumb';
  const hasColours = isLive && (env.NO_COLOR ?? '') === '';
  let hasLive = false;
  const clear = () => {
    if (hasLive) stream.write('\r\u001b[2K');
    hasLive = false;
  };
  return {
    isLive,
    get columns() {
      return isLive ? Math.min(stream.columns ?? DEFAULT_COLUMNS, MAX_COLUMNS) : DEFAULT_COLUMNS;
    },
    line(text = '') {
      clear();
      stream.write(`${text}\n`);
    },
    live(text) {
      clear();
      stream.write(text);
      hasLive = true;
    },
    paint: (colour, text) => (hasColours ? styleText(colour, text, { validateStream: false }) : text),
  };
}
