/**
 * The table of docs/architecture.md as rules: what a folder may import. Tests, and the folders named `testing`,
 * may use more (the lab, test databases, other packages), but not a cycle, an entry or something undeclared.
 */
const test = '(\\.test\\.tsx?$|/testing/|\\.bench\\.ts$)';
const entry = '/entry\\.[^/]+\\.tsx?$';
const ours = '^(apps|packages|bench|e2e|scripts)/';

/** Everything of ours that a folder may not import. `allowed` are folders; its own is always allowed. */
function onlyImports(folder, allowed) {
  const permitted = [folder, ...allowed].map((each) => `^${each}/`);
  return {
    name: `${folder.replaceAll('/', '-')}-imports`,
    comment: `${folder} may import ${allowed.length === 0 ? 'nothing else of ours' : allowed.join(', ')}.`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: [test, entry] },
    to: { path: ours, pathNot: permitted },
  };
}

/** Imports that may only be `import type`. */
function onlyTypes(folder, of) {
  return {
    name: `${folder.replaceAll('/', '-')}-types-of-${of.replaceAll('/', '-')}`,
    comment: `${folder} may import ${of} as types only.`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: [test, entry] },
    to: { path: `^${of}/`, dependencyTypesNot: ['type-only'] },
  };
}

/** Folders that must run on any web-standard runtime. */
function noNode(folder, except) {
  return {
    name: `${folder.replaceAll('/', '-')}-without-node`,
    comment: `${folder} runs on any runtime: no node:* modules.`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: [test, ...except] },
    to: { dependencyTypes: ['core'] },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'The import finds nothing: the file is gone, or its package is not declared in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|https?:|bun:|cloudflare:)' },
    },
    {
      name: 'declared',
      comment: 'A package must declare what it imports in its own package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'by-package-name',
      comment: "Another package's files are imported by its name, never by a relative path.",
      severity: 'error',
      from: { path: '^((?:apps|packages)/[^/]+|bench|e2e|scripts)/' },
      to: { path: ours, pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'not-in-production',
      comment: 'A devDependency is not there in production.',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: [test, '\\.d\\.ts$'] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'npm', 'npm-optional', 'npm-peer'],
      },
    },
    {
      name: 'nobody-imports-an-entry',
      comment: 'entry.* are the composition roots: they are started, not imported.',
      severity: 'error',
      from: {},
      to: { path: entry },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: [test, '^(bench|e2e|scripts)/', '^vitest\\.config'] },
      to: { path: test },
    },
    {
      name: 'phases-are-siblings',
      comment: 'A phase never imports another one; what two share belongs in the domain beside them.',
      severity: 'error',
      from: { path: '^packages/domain/src/phases/([^/]+)/' },
      to: {
        path: '^packages/domain/src/phases/[^/]+/',
        pathNot: '^packages/domain/src/phases/($1|testing)/',
      },
    },
    onlyImports('packages/domain', []),
    onlyImports('packages/db', ['packages/domain']),
    onlyImports('packages/net', ['packages/domain']),
    onlyImports('packages/lab', ['packages/domain']),
    onlyImports('packages/services', ['packages/domain', 'packages/db']),
    onlyImports('packages/ui', ['packages/domain']),
    onlyImports('apps/api', ['packages/services', 'packages/domain']),
    onlyImports('apps/worker', ['packages/services', 'packages/domain', 'packages/net']),
    onlyImports('apps/web', ['packages/ui', 'packages/domain', 'apps/api']),
    onlyImports('apps/cli', ['packages/ui', 'packages/domain', 'apps/api']),
    onlyImports('apps/launch', ['packages/db', 'packages/domain', 'packages/lab', 'apps/api']),
    onlyTypes('packages/ui', 'packages/domain'),
    onlyTypes('apps/worker', 'packages/net'),
    onlyTypes('apps/web', 'apps/api'),
    onlyTypes('apps/cli', 'apps/api'),
    onlyTypes('apps/launch', 'apps/api'),
    noNode('packages/domain', []),
    noNode('packages/ui', []),
    noNode('apps/web', []),
    noNode('apps/api', [entry]),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.turbo)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    moduleSystems: ['es6', 'cjs', 'tsd'],
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
