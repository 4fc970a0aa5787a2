import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folders whose mention in code style is taken as a path from the root. */
const topFolders = ['apps', 'packages', 'docs', 'bench', 'e2e', 'scripts', '.ci'];
const citedPath = new RegExp(
  `^\\.?/?((?:${topFolders.map((each) => each.replace('.', '\\.')).join('|')})/[^\\s:#]*)`,
);
const placeholder = /[*<>{}…$|[\]]/;

/**
 * What the documents cite and the repository does not have: links, paths in code style, and npm scripts.
 * A path with a placeholder (`<phase>`, `*`) is checked up to the folder before it.
 */
export function findDeadReferences(root: string, files: readonly string[]): string[] {
  const scripts = npmScripts(root);
  return files
    .filter((file) => file.endsWith('.md') && existsSync(path.join(root, file)))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const dead = [
        ...linkTargets(text).filter((target) => !exists(root, path.join(path.dirname(file), target))),
        ...citedPaths(text).filter((cited) => !exists(root, cited)),
        ...citedScripts(text)
          .filter((script) => !scripts.has(script))
          .map((script) => `npm run ${script}`),
      ];
      return [...new Set(dead)].map((each) => `${file}: cites ${each}, which does not exist`);
    });
}

function npmScripts(root: string): Set<string> {
  const file = path.join(root, 'package.json');
  if (!existsSync(file)) return new Set();
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Record<string, string> };
  return new Set(Object.keys(scripts ?? {}));
}

/** Targets of `[text](target)` and `![text](target)` inside the repository, without their anchors. */
function linkTargets(text: string): string[] {
  return [...withoutFences(text).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^([a-z][a-z+.-]*:|#|\/\/)/i.test(target))
    .map((target) => decodeURIComponent(target.replace(/[#?].*$/, '')))
    .filter((target) => target !== '');
}

function citedPaths(text: string): string[] {
  return codeSpans(text)
    .flatMap((span) => span.split(/\s+/))
    .flatMap((word) => {
      const cited = citedPath.exec(word.replace(/^["'(]+|["'),.;]+$/g, ''))?.[1];
      return cited === undefined ? [] : [beforePlaceholder(cited)];
    });
}

function citedScripts(text: string): string[] {
  return [...text.matchAll(/npm run (?:--silent |-s )?([a-z][\w:.-]*)/g)].map((match) =>
    (match[1] ?? '').replace(/[.:]$/, ''),
  );
}

/** Inline code and the lines of fenced blocks. */
function codeSpans(text: string): string[] {
  const fenced = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
  const inline = [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  return [...fenced, ...inline];
}

function withoutFences(text: string): string {
  return text.replace(/^```[^\n]*\n[\s\S]*?^```/gm, '');
}

function beforePlaceholder(cited: string): string {
  const kept: string[] = [];
  for (const segment of cited.split('/')) {
    if (placeholder.test(segment)) break;
    kept.push(segment);
  }
  return kept.join('/');
}

function exists(root: string, relative: string): boolean {
  return existsSync(path.join(root, relative));
}
