import type { EnvironmentStatus } from '@loom/engine';
import { type Environment, LoomError } from '@loom/graph';
import type { Connection } from '../link/connection.js';
import { hasStaleLock, type LockedPackage, lockedPackages } from './lock.js';
import { wheelsInIndex } from './package-index.js';
import { type PackageSources, type SourceWheel, wheelsOf } from './package-sources.js';
import type { PackageCandidate, PackagesAnswer, PackagesRequest, WheelMetadata } from './packages-protocol.js';
import { PatientReading } from './patient-reading.js';
import type { ReadAddress } from './read-address.js';

/** Each round looks into the wheels that the one before has chosen. */
const MAX_ROUNDS = 100;

/** Downloads at the same time. */
const DOWNLOADS = 4;

/** A wheel that is needed, with its bytes, or a package that lies next to Pyodide. */
export interface PlannedWheel {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly file: string;
  /** What it must be; undefined for a wheel of which nobody has said so. */
  readonly sha256: string | undefined;
  /** Absent for what lies next to Pyodide. */
  readonly data?: ArrayBuffer;
}

export interface PlanOptions {
  readonly environment: Environment;
  readonly sources: PackageSources;
  readonly readAddress: ReadAddress;
  readonly connection: Connection;
  readonly onStatus: (status: EnvironmentStatus) => void;
}

/** Finds out which packages a flow needs, by its lock if that fits, and gets those that do not lie next to Pyodide. */
export async function makePlan(options: PlanOptions): Promise<readonly PlannedWheel[]> {
  const { environment, sources, connection, onStatus } = options;
  const wanted = environment.python?.requirements ?? [];
  let downloads: Downloads | undefined;
  const onRetry = (detail: string) => (downloads ? downloads.tell(detail) : onStatus({ state: 'resolving', detail }));
  const readAddress = new PatientReading(options.readAddress, { onRetry });
  const locked = lockedPackages(environment);
  const requirements = locked ? locked.map(({ name, version }) => `${name}==${version}`) : wanted;
  if (hasStaleLock(environment)) {
    const detail = 'The lock of the flow is for other requirements, and says nothing about these: choosing anew.';
    onStatus({ state: 'resolving', detail });
  }
  onStatus({ state: 'resolving', detail: `Looking for ${wanted.join(', ')}` });
  const wheels = new Map((await wheelsOf(sources, readAddress)).map((wheel) => [wheel.candidate.key, wheel]));
  const candidates = new Map<string, PackageCandidate>([...wheels].map(([key, { candidate }]) => [key, candidate]));
  const indexes = (sources.indexes ?? []).map((each) => readAddress.resolve(each));
  const asked: string[] = [];
  downloads = new Downloads(onStatus);

  let answer: PackagesAnswer | undefined;
  for (let round = 0; !answer || answer.unknown.length + answer.names.length > 0; round++) {
    if (round === MAX_ROUNDS) throw new LoomError('python/version-conflict', 'What the flow requires has no end.');
    const request: PackagesRequest = {
      requirements,
      candidates: [...candidates.values()],
      ...(indexes.length > 0 && { asked }),
    };
    answer = JSON.parse(await connection.call('resolvePackages', JSON.stringify(request))) as PackagesAnswer;
    for (const name of answer.names) {
      asked.push(name);
      onStatus({ state: 'resolving', detail: `Asking for ${name}` });
      for (const index of indexes) {
        for (const wheel of await wheelsInIndex(index, name, readAddress)) {
          wheels.set(wheel.candidate.key, wheel);
          candidates.set(wheel.candidate.key, wheel.candidate);
        }
      }
    }
    const unknown = answer.unknown.flatMap((key) => wheels.get(key) ?? []);
    await downloads.get(unknown);
    for (const { candidate, file, sha256 } of unknown) {
      if (sha256 !== undefined) {
        // Before anything in it is believed.
        const copy = downloads.copyOf(candidate.key);
        await connection.callWith('digest', [copy], file, sha256, copy);
      }
      const data = downloads.copyOf(candidate.key);
      const text = await connection.callWith('wheelMetadata', [data], file, data);
      candidates.set(candidate.key, { ...candidate, ...(JSON.parse(text) as WheelMetadata) });
    }
  }

  const { plan, distribution } = answer;
  await downloads.get(plan.flatMap(({ key }) => wheels.get(key) ?? []));
  return plan.map(({ key, name, version }) => {
    const wheel = wheels.get(key);
    const found = wheel ?? distribution[key];
    if (!found) throw new LoomError('executor/internal', `There is no file for ${name} ${version}.`);
    const { file } = found;
    const sha256 = expectedOf(locked, { name, version, file, sha256: found.sha256 });
    return { key, name, version, file, sha256, ...(wheel ? { data: downloads.dataOf(key) } : {}) };
  });
}

/** What the file must be, by the lock and by its source. */
function expectedOf(
  locked: readonly LockedPackage[] | undefined,
  found: Omit<LockedPackage, 'sha256'> & { readonly sha256: string | undefined },
): string | undefined {
  if (!locked) return found.sha256;
  const entry = locked.find(({ name }) => name === found.name);
  if (entry && entry.file === found.file && (!found.sha256 || found.sha256 === entry.sha256)) return entry.sha256;
  const meant = entry ? `${entry.file} (SHA-256 ${entry.sha256})` : 'nothing of that name';
  throw new LoomError(
    'python/lock-mismatch',
    `The lock of the flow has ${meant}, but the sources have ${found.file}. Provide the locked file, or take the lock ` +
      'out of the flow to choose anew.',
    { context: { file: found.file } },
  );
}

/** Wheels that were got, a few at a time. */
class Downloads {
  readonly #onStatus: (status: EnvironmentStatus) => void;
  readonly #data = new Map<string, ArrayBuffer>();
  #fraction = 0;

  constructor(onStatus: (status: EnvironmentStatus) => void) {
    this.#onStatus = onStatus;
  }

  async get(wheels: readonly SourceWheel[]): Promise<void> {
    const left = wheels.filter(({ candidate }) => !this.#data.has(candidate.key));
    let done = 0;
    const next = async (): Promise<void> => {
      for (let wheel = left.shift(); wheel; wheel = left.shift()) {
        const { candidate, file } = wheel;
        this.#fraction = done / wheels.length;
        this.tell(`Getting ${file}`);
        this.#data.set(candidate.key, await wheel.read());
        done++;
      }
    };
    await Promise.all(Array.from({ length: DOWNLOADS }, next));
  }

  tell(detail: string): void {
    this.#onStatus({ state: 'downloading', detail, fraction: this.#fraction });
  }

  dataOf(key: string): ArrayBuffer {
    const data = this.#data.get(key);
    if (!data) throw new LoomError('executor/internal', `${key} was not downloaded.`);
    return data;
  }

  /** To be handed over. */
  copyOf(key: string): ArrayBuffer {
    return this.dataOf(key).slice(0);
  }
}
