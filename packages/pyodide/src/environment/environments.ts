import { type EnvironmentStatus, faultFrom } from '@loom/engine';
import type { Environment } from '@loom/graph';
import type { Session } from '../pool/session.js';
import { type LockedPackage, lockOf } from './lock.js';
import type { PackageSources } from './package-sources.js';
import { makePlan, type PlannedWheel } from './plan.js';
import { fetchAddress, type ReadAddress } from './read-address.js';

/** Plans that are kept, with their wheels, for workers that are started later. */
const PLANS_KEPT = 4;

export interface EnvironmentsOptions {
  readonly sources: PackageSources;
  readonly readAddress: ReadAddress | undefined;
  readonly onStatus: (status: EnvironmentStatus) => void;
}

/** Makes what flows require ready in workers: chooses and gets packages once, and installs them in each worker. */
export class Environments {
  readonly #sources: PackageSources;
  readonly #readAddress: ReadAddress;
  readonly #onStatus: (status: EnvironmentStatus) => void;
  readonly #plans = new Map<string, Promise<readonly PlannedWheel[]>>();
  /** Environments that were told to be ready. */
  readonly #told = new Set<string>();
  /** Workers that are being prepared: nobody installs beside somebody else. */
  readonly #preparing = new WeakMap<Session, Promise<void>>();

  constructor({ sources, readAddress, onStatus }: EnvironmentsOptions) {
    this.#sources = sources;
    this.#readAddress = readAddress ?? fetchAddress;
    this.#onStatus = onStatus;
  }

  /**
   * The packages of an environment, as text: who has the same may share workers. Rejects with what is missing. Any worker
   * can find out.
   */
  async contentsOf(session: Session, environment: Environment): Promise<string> {
    const requirements = environment.python?.requirements ?? [];
    if (requirements.length === 0) return '';
    const plan = await this.#planned(session, environment, keyOf(environment));
    if (plan.length === 0) return '';
    return JSON.stringify(plan.map(({ name, version, file }) => `${name} ${version} ${file}`).sort());
  }

  /** Makes an environment ready in one worker, unless it is. Rejects with what is missing; the next call tries again. */
  prepare(session: Session, environment: Environment): Promise<void> {
    const key = keyOf(environment);
    if (this.#isReady(session, environment, key)) return Promise.resolve();
    const before = this.#preparing.get(session) ?? Promise.resolve();
    const preparing = before.catch(() => {}).then(() => this.#prepare(session, environment, key));
    this.#preparing.set(session, preparing);
    return preparing;
  }

  async #prepare(session: Session, environment: Environment, key: string): Promise<void> {
    if (this.#isReady(session, environment, key)) return;
    const requirements = environment.python?.requirements ?? [];
    if (requirements.length > 0) {
      // Only the first worker is told of: for those who wait, the others are part of running.
      const tell = this.#told.has(key) ? () => {} : this.#onStatus;
      const plan = await this.#planned(session, environment, key);
      try {
        const packages = await install(session, plan, tell);
        tell({
          state: 'ready',
          packages: packages.map(({ name, version }) => ({ name, version })),
          lock: lockOf(requirements, packages),
        });
        this.#told.add(key);
      } catch (fault) {
        throw this.#failed(key, fault);
      }
    }
    session.prepared = key;
  }

  /** Somebody else may have made it ready, with whom the workers are shared: then it is still to be told. */
  #isReady(session: Session, { python }: Environment, key: string): boolean {
    return session.prepared === key && ((python?.requirements ?? []).length === 0 || this.#told.has(key));
  }

  #failed(key: string, fault: unknown): unknown {
    this.#plans.delete(key);
    this.#told.delete(key);
    this.#onStatus({ state: 'failed', error: faultFrom(fault) });
    return fault;
  }

  async #planned(session: Session, environment: Environment, key: string): Promise<readonly PlannedWheel[]> {
    try {
      return await this.#planFor(session, environment, key);
    } catch (fault) {
      throw this.#failed(key, fault);
    }
  }

  #planFor(session: Session, environment: Environment, key: string): Promise<readonly PlannedWheel[]> {
    const known = this.#plans.get(key);
    if (known) return known;
    const plan = makePlan({
      environment,
      sources: this.#sources,
      readAddress: this.#readAddress,
      connection: session.connection,
      onStatus: this.#onStatus,
    });
    this.#plans.set(key, plan);
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= PLANS_KEPT) break;
      this.#plans.delete(oldest);
    }
    return plan;
  }
}

const keyOf = ({ python }: Environment): string => JSON.stringify(python ?? {});

/** Installs what is not installed yet, and gives all of the plan with what it turned out to be. */
async function install(
  { connection }: Session,
  plan: readonly PlannedWheel[],
  onStatus: (status: EnvironmentStatus) => void,
): Promise<readonly LockedPackage[]> {
  const names = plan.map(({ name, version }) => ({ name, version }));
  const installed = new Set(await connection.call('checkPlan', JSON.stringify(names)));
  const packages: LockedPackage[] = [];
  const besides = plan.filter(({ data }) => !data);
  let done = 0;
  const tell = (what: string) =>
    onStatus({ state: 'installing', detail: `Installing ${what}`, fraction: done / Math.max(1, plan.length) });
  if (besides.length > 0) {
    const wanted = besides.filter(({ name }) => !installed.has(name));
    tell(besides.map(({ name }) => name).join(', '));
    if (wanted.length > 0)
      await connection.call(
        'loadPackages',
        wanted.map(({ key }) => key),
      );
    done += besides.length;
    for (const { name, version, file, sha256 = '' } of besides) packages.push({ name, version, file, sha256 });
  }
  for (const { name, version, file, sha256, data } of plan) {
    if (!data) continue;
    tell(`${name} ${version}`);
    const copy = data.slice(0);
    const call = installed.has(name) ? 'digest' : 'addWheel';
    const digest = await connection.callWith(call, [copy], file, sha256 ?? null, copy);
    packages.push({ name, version, file, sha256: digest });
    done++;
  }
  return packages;
}
