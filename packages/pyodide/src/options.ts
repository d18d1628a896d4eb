import type { RestartPolicy } from './restart-budget.js';

/** Options that every Pyodide executor has, in a page and in Node. */
export interface PyodideOptions {
  /** Names the executor in refs and events. @default 'pyodide' */
  readonly id?: string;
  /** A start fails after this long without a sign of life. It is no limit for a slow download. @default 30000 */
  readonly stallTimeoutMs?: number;
  /** How long cancelled code may take to end before its worker is ended, which loses values. @default 500 */
  readonly graceMs?: number;
  /**
   * `auto` interrupts running code where the page is cross-origin isolated (always in Node) and ends the worker
   * elsewhere; `restart` always ends the worker.
   * @default 'auto'
   */
  readonly cancel?: 'auto' | 'restart';
  /**
   * Lets node sources import `js`, `pyodide` and what else reaches into the page, with its cookies and storage. Without it
   * they cannot by accident; it is no sandbox.
   * @default false
   */
  readonly jsAccess?: boolean;
  /** How often a worker that died by itself is started again. @default 3 times in a minute */
  readonly restarts?: RestartPolicy;
}

export const DEFAULT_STALL_MS = 30_000;
export const DEFAULT_GRACE_MS = 500;
/** Without shared memory, code that does not even answer in this time is busy and will not hear anything later. */
export const DEAF_GRACE_MS = 150;
