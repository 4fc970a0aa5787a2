import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDeadReferences } from './doc-references.ts';
import { findLongFiles } from './file-length.ts';
import { runStep } from './step.ts';

/** Negative controls: each check is shown a repository with the fault that it is there to find. */
const repository = path.resolve(import.meta.dirname, '../..');
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'checks-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(files: Record<string, string>): string[] {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return Object.keys(files);
}

/** A workspace package; `uses` are the packages that its package.json declares and that are linked to it. */
function plantPackage(folder: string, uses: string[] = [], devUses: string[] = []): void {
  const named = (folders: string[]) =>
    Object.fromEntries(folders.map((each) => [`@domainflow/${path.basename(each)}`, 'workspace:*']));
  plant({
    [`${folder}/package.json`]: JSON.stringify({
      name: `@domainflow/${path.basename(folder)}`,
      type: 'module',
      exports: { './*': './src/*' },
      dependencies: named(uses),
      devDependencies: named(devUses),
    }),
  });
  const scope = path.join(root, folder, 'node_modules/@domainflow');
  mkdirSync(scope, { recursive: true });
  for (const each of [...uses, ...devUses]) {
    symlinkSync(path.join(root, each), path.join(scope, path.basename(each)));
  }
}

/** The violations that dependency-cruiser finds with the repository's own rules, as `rule: from`. */
function dependencyViolations(): string[] {
  cpSync(path.join(repository, 'tsconfig.base.json'), path.join(root, 'tsconfig.base.json'));
  const config = path.join(repository, '.dependency-cruiser.cjs');
  const program = path.join(repository, 'node_modules/.bin/depcruise');
  const run = spawnSync(program, ['--config', config, '--output-type', 'json', '.'], { cwd: root });
  const { summary } = JSON.parse(run.stdout.toString()) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.map((each) => `${each.rule.name}: ${each.from}`).sort();
}

describe('dependency rules', () => {
  beforeEach(() => {
    plant({ 'package.json': JSON.stringify({ name: 'planted', private: true }) });
    plantPackage('packages/domain');
    plantPackage('packages/db', ['packages/domain']);
    plantPackage('packages/lab', ['packages/domain']);
    plantPackage('packages/net', ['packages/domain'], ['packages/lab']);
    plantPackage('packages/ui', ['packages/domain']);
    plantPackage('packages/services', ['packages/domain', 'packages/db']);
    plantPackage('apps/api', ['packages/services', 'packages/db', 'packages/net']);
    plantPackage('apps/web', ['apps/api', 'packages/ui']);
    plantPackage('apps/worker', ['packages/net', 'packages/services']);
    plant({
      'packages/domain/src/a.ts': 'export const a = 1; export type A = number;',
      'packages/domain/src/phases/dns/run.ts': "import { a } from '../../a.ts'; export const dns = a;",
      'packages/db/src/table.ts': "import { a } from '@domainflow/domain/a.ts'; export const table = a;",
      'packages/lab/src/truth.ts': 'export const truth = 1;',
      'packages/net/src/resolve.ts': "import 'node:dgram'; export const resolve = 1; export type Net = 1;",
      'packages/net/src/resolve.test.ts': "import '@domainflow/lab/truth.ts'; import './resolve.ts';",
      'packages/services/src/create.ts': "import '@domainflow/db/table.ts'; export const create = 1;",
      'apps/api/src/app.ts':
        "import '@domainflow/services/create.ts'; export type App = 1; export const app = 1;",
      'apps/api/src/entry.node.ts':
        "import 'node:http'; import './app.ts'; import '@domainflow/db/table.ts';",
      'apps/web/src/page.ts': "import type { App } from '@domainflow/api/app.ts'; export type P = App;",
      'apps/worker/src/work.ts':
        "import type { Net } from '@domainflow/net/resolve.ts'; export type W = Net;",
    });
  });

  test('a tree that keeps them passes', () => {
    expect(dependencyViolations()).toEqual([]);
  });

  test('each rule is seen to be broken', () => {
    plant({
      'packages/domain/src/reaches-out.ts': "import 'node:fs';",
      'packages/domain/src/undeclared.ts': "import '@domainflow/db/table.ts';",
      'packages/domain/src/relative.ts': "import '../../lab/src/truth.ts';",
      'packages/domain/src/phases/http/run.ts': "import '../dns/run.ts';",
      'packages/db/src/round.ts': "import './about.ts'; export const round = 1;",
      'packages/db/src/about.ts': "import './round.ts'; export const about = 1;",
      'packages/net/src/production.ts': "import '@domainflow/lab/truth.ts';",
      'node_modules/hoisted/package.json': JSON.stringify({ name: 'hoisted', main: 'index.js' }),
      'node_modules/hoisted/index.js': '',
      'packages/net/src/hoists.ts': "import 'hoisted';",
      'packages/services/src/gone.ts': "import './nowhere.ts';",
      'apps/api/src/skips-services.ts': "import '@domainflow/db/table.ts';",
      'apps/api/src/needs-node.ts': "import 'node:crypto';",
      'apps/api/src/uses-entry.ts': "import './entry.node.ts';",
      'apps/web/src/value.ts': "import { app } from '@domainflow/api/app.ts'; console.log(app);",
      'apps/worker/src/value.ts':
        "import { resolve } from '@domainflow/net/resolve.ts'; console.log(resolve);",
      'packages/services/src/borrows.ts': "import './borrowed.test.ts';",
      'packages/services/src/borrowed.test.ts': 'export const x = 1;',
    });
    const violations = dependencyViolations();
    const expected = [
      'packages-domain-without-node: packages/domain/src/reaches-out.ts',
      'resolvable: packages/domain/src/undeclared.ts',
      'packages-domain-imports: packages/domain/src/relative.ts',
      'by-package-name: packages/domain/src/relative.ts',
      'phases-are-siblings: packages/domain/src/phases/http/run.ts',
      'declared: packages/net/src/hoists.ts',
      'packages-net-imports: packages/net/src/production.ts',
      'resolvable: packages/services/src/gone.ts',
      'apps-api-imports: apps/api/src/skips-services.ts',
      'apps-api-without-node: apps/api/src/needs-node.ts',
      'nobody-imports-an-entry: apps/api/src/uses-entry.ts',
      'apps-web-types-of-apps-api: apps/web/src/value.ts',
      'apps-worker-types-of-packages-net: apps/worker/src/value.ts',
      'nobody-imports-tests: packages/services/src/borrows.ts',
    ];
    expect(violations).toEqual(expect.arrayContaining(expected));
    // A cycle is reported once, at whichever of its files is met first.
    expect(violations).toContainEqual(
      expect.stringMatching(/^no-cycle: packages\/db\/src\/(round|about)\.ts$/),
    );
  });
});

test('a file beyond the limit is found, a generated one is not', () => {
  const files = plant({
    'packages/x/src/long.ts': 'a;\n'.repeat(601),
    'packages/x/src/at-the-limit.ts': 'a;\n'.repeat(600),
    'packages/x/src/routes.gen.ts': 'a;\n'.repeat(900),
  });
  expect(findLongFiles(root, files)).toEqual([expect.stringContaining('packages/x/src/long.ts: 601 lines')]);
});

test('documents that cite what does not exist are found', () => {
  const files = plant({
    'package.json': JSON.stringify({ scripts: { demo: 'node demo.ts' } }),
    'packages/domain/src/a.ts': '',
    'docs/good.md': [
      'See [a](../packages/domain/src/a.ts#L1), [web](https://example.org), `packages/domain/src/<phase>/run.ts`,',
      '`npm run demo`, `packages/*/src`.',
    ].join('\n'),
    'docs/bad.md': [
      'See [b](./missing.md), `packages/domain/src/gone.ts:12` and `npm run vanished`.',
      '```sh\nnode scripts/absent.ts\n```',
    ].join('\n'),
  });
  expect(findDeadReferences(root, files)).toEqual([
    'docs/bad.md: cites ./missing.md, which does not exist',
    'docs/bad.md: cites scripts/absent.ts, which does not exist',
    'docs/bad.md: cites packages/domain/src/gone.ts, which does not exist',
    'docs/bad.md: cites npm run vanished, which does not exist',
  ]);
});

test('a step that fails or cannot be started is a failure with its output', async () => {
  const failing = await runStep({ name: 'x', command: ['sh', '-c', 'echo seen; exit 3'] }, root);
  expect(failing).toMatchObject({ passed: false, output: 'seen\n' });
  const absent = await runStep({ name: 'x', command: ['no-such-program'] }, root);
  expect(absent).toMatchObject({ passed: false });
  const fine = await runStep({ name: 'x', command: ['true'] }, root);
  expect(fine.passed).toBe(true);
});
