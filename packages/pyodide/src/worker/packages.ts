import type { RuntimeFault } from '@loom/python';
import type { PyodideAPI } from 'pyodide';
import type { PackagesAnswer, PackagesRequest } from '../environment/packages-protocol.js';
import type { BootRequest } from '../link/protocol.js';
import { WorkerFault } from './fault.js';
import type { InterruptGate } from './interrupt-gate.js';

/** The functions of `loom_runtime.packages`: JSON out, bytes in. None is undefined here. */
interface PackagesModule {
  resolve_packages(request: string): string;
  wheel_metadata(file: string, data: Uint8Array): string;
  digest_of(file: string, data: Uint8Array, expected: string | undefined): string;
  check_plan(plan: string): string;
  add_wheel(file: string, data: Uint8Array, expected: string | undefined): string;
}

/** What is used of Node, where the worker is a thread: this source also runs in pages, so it imports nothing of it. */
interface NodeProcess {
  getBuiltinModule(name: 'node:fs'): { readFileSync(path: string): Uint8Array };
}

/** Keys of packages that come with Pyodide. */
const DISTRIBUTION = 'distribution:';

/** Installs packages into this worker's Python. The module behind it is loaded when a flow requires something. */
export class Packages {
  readonly #pyodide: PyodideAPI;
  readonly #gate: InterruptGate;
  readonly #index: string;
  readonly #isOnDisk: boolean;
  #loaded: PackagesModule | undefined;

  constructor(pyodide: PyodideAPI, gate: InterruptGate, { indexPath, indexUrl }: BootRequest) {
    this.#pyodide = pyodide;
    this.#gate = gate;
    this.#index = indexPath ?? indexUrl;
    this.#isOnDisk = indexPath !== undefined;
  }

  /** Chooses among the candidates of the request and the packages that Pyodide's own lock file lists. */
  resolve(text: string): string {
    const request = JSON.parse(text) as PackagesRequest;
    const { info, packages } = this.#pyodide.lockfile;
    const own = Object.entries(packages).map(([key, { name, version, depends }]) => ({
      key: `${DISTRIBUTION}${key}`,
      name,
      version,
      requires: depends,
    }));
    const { abi_version: abi, arch, platform } = info as typeof info & { readonly abi_version?: string };
    const platforms = [`${platform}_${arch}`, `pyodide_${abi}_${arch}`, `pyemscripten_${abi}_${arch}`];
    const full = { ...request, candidates: [...request.candidates, ...own], platforms };
    const answer = this.#ask<Omit<PackagesAnswer, 'distribution'>>(() =>
      this.#python.resolve_packages(JSON.stringify(full)),
    );
    const distribution: Record<string, { file: string; sha256: string }> = {};
    for (const { key } of answer.plan) {
      const entry = key.startsWith(DISTRIBUTION) ? packages[key.slice(DISTRIBUTION.length)] : undefined;
      if (entry) distribution[key] = { file: entry.file_name, sha256: entry.sha256 };
    }
    return JSON.stringify({ ...answer, distribution } satisfies PackagesAnswer);
  }

  metadata(file: string, data: ArrayBuffer): string {
    return JSON.stringify(this.#ask(() => this.#python.wheel_metadata(file, new Uint8Array(data))));
  }

  digest(file: string, expected: string | null, data: ArrayBuffer): string {
    return this.#ask(() => this.#python.digest_of(file, new Uint8Array(data), expected ?? undefined));
  }

  check(plan: string): readonly string[] {
    return this.#ask(() => this.#python.check_plan(plan));
  }

  add(file: string, expected: string | null, data: ArrayBuffer): string {
    return this.#ask(() => this.#python.add_wheel(file, new Uint8Array(data), expected ?? undefined));
  }

  /** Loads packages that come with Pyodide, by their keys. Pyodide itself only tells when a file is not there. */
  async load(keys: readonly string[]): Promise<void> {
    const names = keys.map((key) => key.slice(DISTRIBUTION.length));
    if (this.#isOnDisk) this.#checkFiles(names);
    const problems: string[] = [];
    const note = (message: string) => problems.push(message);
    try {
      await this.#pyodide.loadPackage(names, { checkIntegrity: true, messageCallback: () => {}, errorCallback: note });
    } catch (thrown) {
      note(thrown instanceof Error ? thrown.message : String(thrown));
    }
    const { packages } = this.#pyodide.lockfile;
    const missing = names.filter((name) => {
      const entry = packages[name];
      return !(name in this.#pyodide.loadedPackages) && !(entry && entry.name in this.#pyodide.loadedPackages);
    });
    if (missing.length === 0) return;
    throw this.#missing(
      missing.map((name) => packages[name]?.file_name ?? name),
      problems,
    );
  }

  /** Browsers check the hashes of what they fetch; in Node nobody does. */
  #checkFiles(names: readonly string[]): void {
    const { process } = globalThis as unknown as { readonly process: NodeProcess };
    const { readFileSync } = process.getBuiltinModule('node:fs');
    for (const name of names) {
      const entry = this.#pyodide.lockfile.packages[name];
      if (!entry) continue;
      let bytes: Uint8Array;
      try {
        bytes = readFileSync(`${this.#index}${entry.file_name}`);
      } catch (thrown) {
        throw this.#missing([entry.file_name], [String(thrown)]);
      }
      this.digest(entry.file_name, entry.sha256, new Uint8Array(bytes).buffer);
    }
  }

  #missing(files: readonly string[], problems: readonly string[]): WorkerFault {
    return new WorkerFault(
      'python/package-missing',
      `${files.join(', ')} could not be loaded from ${this.#index}. Copy the files there from the distribution of this ` +
        `version of Pyodide, or give wheels in the option "packages". ${problems.join(' ')}`.trim(),
      { files, index: this.#index },
    );
  }

  get #python(): PackagesModule {
    this.#loaded ??= this.#pyodide.pyimport('loom_runtime.packages') as PackagesModule;
    return this.#loaded;
  }

  #ask<T>(call: () => string): T {
    const answer = JSON.parse(this.#gate.closedWhile(call)) as { readonly ok: T } | { readonly fault: RuntimeFault };
    if ('ok' in answer) return answer.ok;
    throw new WorkerFault(answer.fault.code, answer.fault.message);
  }
}
