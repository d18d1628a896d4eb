import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** A registry that does not answer must not hold the benchmark up for ever. */
const INSTALL_LIMIT_MS = 180_000;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
}

function readLock(file: string): Lock['packages'] {
  return (JSON.parse(readFileSync(folder + file, 'utf8')) as Lock).packages;
}

/** Version and licence of each package of the lock file, by name. */
export function lockedPackages(): ReadonlyMap<string, { readonly version: string; readonly license: string }> {
  return new Map(
    Object.entries(readLock('package-lock.json'))
      .filter(([place]) => place.startsWith('node_modules/'))
      .map(([place, { version = '', license = '' }]) => [place.slice('node_modules/'.length), { version, license }]),
  );
}

function isInstalled(): boolean {
  const written = 'node_modules/.package-lock.json';
  if (!existsSync(folder + written)) return false;
  const installed = readLock(written);
  return [...lockedPackages()].every(([name, { version }]) => installed[`node_modules/${name}`]?.version === version);
}

/**
 * Brings the peers, exactly as locked, unless they are there.
 *
 * @throws Error when npm cannot, most often because no registry can be reached.
 */
export function installPeers(): void {
  if (isInstalled()) return;
  console.error('Installing the peers of the benchmark into test/bench/peers …');
  const { status, stderr, error } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim().split('\n').slice(0, 5).join('\n');
  throw new Error(
    `The peers could not be installed ("npm ci" in test/bench/peers). They come from the npm registry: see that it can be reached, or leave --peers away to measure ours alone.\n${reason}`,
  );
}
