import { LoomError } from '@loom/graph';
import type { ReadAddress, ReadOptions } from './read-address.js';

/** How long to wait before each further attempt. */
const WAITS_MS = [300, 1_200, 4_000];

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export interface PatientReadingOptions {
  /** Hears of each attempt that failed and is made again. */
  readonly onRetry: (detail: string) => void;
  /** @default `setTimeout` */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Reads again what might be there the next time: a server that is busy, a line that broke. What is missing stays missing. */
export class PatientReading implements ReadAddress {
  readonly #readAddress: ReadAddress;
  readonly #onRetry: (detail: string) => void;
  readonly #wait: (ms: number) => Promise<void>;

  constructor(readAddress: ReadAddress, options: PatientReadingOptions) {
    this.#readAddress = readAddress;
    this.#onRetry = options.onRetry;
    this.#wait = options.wait ?? wait;
  }

  resolve(address: string | URL): URL {
    return this.#readAddress.resolve(address);
  }

  async read(url: URL, options?: ReadOptions): Promise<ArrayBuffer> {
    for (const [attempt, pause] of WAITS_MS.entries()) {
      try {
        return await this.#readAddress.read(url, options);
      } catch (fault) {
        if (!(fault instanceof LoomError) || fault.context.passing !== true) throw fault;
        this.#onRetry(`${fault.message} Trying again (${attempt + 2} of ${WAITS_MS.length + 1}).`);
        await this.#wait(pause);
      }
    }
    return this.#readAddress.read(url, options);
  }

  async list(url: URL): Promise<readonly string[] | undefined> {
    return this.#readAddress.list?.(url);
  }
}
