import type { Step } from './step.ts';

/**
 * Everything that is checked without running the code. The slowest come first, so that the last one does not run
 * alone. Tools are found on PATH: npm puts node_modules/.bin there, with the pinned Node.
 */
export const staticSteps: readonly Step[] = [
  {
    name: 'types',
    command: [
      'npx',
      '-y',
      'pnpm@12.21.0',
      'exec',
      'turbo',
      'run',
      'types',
      '--continue',
      '--output-logs=errors-only',
      '--no-update-notifier',
    ],
  },
  { name: 'lint', command: ['oxlint', '--type-aware'] },
  {
    name: 'dependency rules',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', '.'],
  },
  { name: 'unused code', command: ['knip', '--no-config-hints', '--exclude', 'types'] },
  { name: 'formatting', command: ['biome', 'check', '--diagnostic-level=error'] },
  { name: 'file length', command: ['node', 'scripts/check-file-length.ts'] },
  { name: 'paths in docs', command: ['node', 'scripts/check-docs.ts'] },
];
