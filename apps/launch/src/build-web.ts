import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LaunchError } from './launch-error.ts';
import { repositoryRoot } from './repository.ts';

/** What the bundle is made from; the API's sources give it types only. */
const sources = ['apps/web', 'packages/ui/src', 'packages/domain/src', 'pnpm-lock.yaml'];
const notSources = new Set(['node_modules', 'dist', '.turbo', '.vite']);
const STAMP = '.built-from';

/**
 * Builds the web app unless the last build was made from the same sources.
 * @param onBuild told when a build is needed, before it runs.
 * @returns the folder to serve.
 * @throws LaunchError with the end of the bundler's output.
 */
export async function buildWeb(signal: AbortSignal, onBuild: () => void): Promise<string> {
  const web = path.join(repositoryRoot, 'apps/web');
  const dist = path.join(web, 'dist');
  const stamp = fingerprint();
  if (readStamp(path.join(dist, STAMP)) === stamp && existsSync(path.join(dist, 'index.html'))) return dist;
  onBuild();
  // Built aside and then put in place: a build that is cut off leaves the last one, and two starts do not mix theirs.
  const building = path.join(web, `node_modules/.building-${process.pid}`);
  try {
    await runVite(web, building, signal);
    writeFileSync(path.join(building, STAMP), stamp);
    putInPlace(building, dist, stamp);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return dist;
}

function putInPlace(building: string, dist: string, stamp: string): void {
  rmSync(dist, { recursive: true, force: true });
  try {
    renameSync(building, dist);
  } catch (error) {
    // Another start was faster, with the same result.
    if (readStamp(path.join(dist, STAMP)) !== stamp) throw error;
  }
}

/** Contents, not times: a checkout of an older version has newer times. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(path.join(repositoryRoot, source))) {
      hash.update(`${path.relative(repositoryRoot, file)}\0`);
      hash.update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function filesUnder(start: string): string[] {
  if (!existsSync(start)) return [];
  if (statSync(start).isFile()) return [start];
  return readdirSync(start, { withFileTypes: true })
    .filter((entry) => !notSources.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(start, entry.name);
      if (entry.isDirectory()) return filesUnder(full);
      return entry.isFile() ? [full] : [];
    });
}

function readStamp(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function runVite(web: string, outDir: string, signal: AbortSignal): Promise<void> {
  const manifest = createRequire(path.join(web, 'package.json')).resolve('vite/package.json');
  const vite = path.join(path.dirname(manifest), 'bin/vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--outDir', outDir, '--emptyOutDir'], {
      cwd: web,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const tail = output.trim().split('\n').slice(-20).join('\n');
      reject(
        new LaunchError(
          /ENOSPC|no space left/i.test(output)
            ? `The web app cannot be built: the disk that holds ${web} is full. Free some space and start again.`
            : `The web app cannot be built:\n${tail}`,
        ),
      );
    });
  });
}
