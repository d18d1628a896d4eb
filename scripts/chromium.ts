import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const HOW_TO_GET_ONE =
  'The browser tests need a Chromium and none was found. Do one of these, then run the command again:\n' +
  '  - apt-get install chromium fonts-liberation   (Debian, Ubuntu)\n' +
  '  - npx playwright install --with-deps chromium\n' +
  '  - CHROME_PATH=/path/to/chrome npm test';

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

/** The Chromium to test with: CHROME_PATH, else Playwright's own, else the system's. */
export function findChromium(): string | undefined {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const own = chromium.executablePath();
  if (own && isExecutable(own)) return own;
  return SYSTEM_NAMES.map(onPath).find((file) => file !== undefined) ?? MAC_PATHS.find(isExecutable);
}

/** What Playwright launches, for tests and benchmarks alike. Nothing that would reach outside the machine. */
export function chromiumLaunchOptions(): { executablePath?: string; args: string[] } {
  const executablePath = findChromium();
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  };
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The words before `apt-get`, or undefined where it cannot be run without asking for a password. */
function aptPrefix(): string[] | undefined {
  if (onPath('apt-get') === undefined) return undefined;
  if (process.getuid?.() === 0) return [];
  return onPath('sudo') !== undefined && succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
}

function installChromium(prefix: readonly string[]): void {
  console.log('No Chromium found: installing chromium and fonts-liberation with apt-get');
  const apt = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const run = (...args: string[]): void => {
    const [command = 'env', ...rest] = [...apt, ...args];
    // Standard input is closed, so that nothing can wait for an answer.
    spawnSync(command, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  };
  run('update');
  run('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation');
}

/** Finds a Chromium, or installs Debian's where that is possible. Throws an error that says what to do otherwise. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== undefined) {
    if (!isExecutable(found)) throw new Error(`CHROME_PATH is ${found}, which is not an executable file.`);
    return found;
  }
  const prefix = aptPrefix();
  if (prefix !== undefined) installChromium(prefix);
  const installed = findChromium();
  if (installed === undefined) throw new Error(HOW_TO_GET_ONE);
  return installed;
}
