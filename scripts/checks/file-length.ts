import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MAX_LINES = 600;
const source = /\.(ts|tsx|js|cjs|mjs|css)$/;
const generated = /(\.gen\.tsx?$|(^|\/)migrations\/)/;

/** The source files that are too long to hold one idea, as messages. Generated files are let be. */
export function findLongFiles(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => source.test(file) && !generated.test(file))
    .flatMap((file) => {
      const absolute = path.join(root, file);
      // A file that is deleted but not yet committed as such is still listed by git.
      if (!existsSync(absolute)) return [];
      const lines = readFileSync(absolute, 'utf8').split('\n').length - 1;
      return lines > MAX_LINES ? [`${file}: ${lines} lines; split it (the limit is ${MAX_LINES})`] : [];
    });
}
