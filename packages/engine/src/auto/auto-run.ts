import type { FlowDocument } from '@loom/graph';
import type { Run, RunOptions } from '../api.js';
import { type Clock, systemClock } from '../clock.js';
import type { Engine } from '../engine-api.js';
import { changesComputation } from './changes-computation.js';

const DEBOUNCE_MS = 150;

/** How a flow is run after edits. What is said of runs holds for each of them. */
export interface AutoRunOptions extends Omit<RunOptions, 'targets' | 'trigger' | 'signal'> {
  /** How long edits must have rested, in milliseconds. @default 150 */
  readonly debounceMs?: number;
  /** Receives each run as it begins. Without it runs do not pause at breakpoints, for nobody could resume them. */
  readonly onRun?: (run: Run) => void;
  /** Hears when a run could not begin, and faults of the engine. @default console.error */
  readonly onFault?: (error: unknown) => void;
  /** @default the platform's */
  readonly clock?: Clock;
}

/** Runs a flow after edits. */
export interface AutoRun {
  /** Takes the document after each edit. The first is what was loaded, and runs nothing. */
  update(document: FlowDocument): void;
  /** Does not wait for edits to rest: gives the run that begins now, if anything is to be computed. */
  flush(): Run | undefined;
  /** Runs nothing any more; resolves when the run that went on has been cancelled. Twice is fine. */
  stop(): Promise<void>;
}

/**
 * Keeps the results of a flow up to date while it is edited: when edits have rested, what they changed is computed again, and
 * a run that was overtaken is cancelled. Loading a document runs nothing, nor do edits that change nothing that is computed.
 * Another document needs another one of these.
 *
 * @example
 * ```ts
 * const auto = autoRun(engine);
 * auto.update(loaded); // runs nothing
 * auto.update(edited); // runs 150 ms later
 * await auto.stop();
 * ```
 */
export function autoRun(engine: Pick<Engine, 'run'>, options: AutoRunOptions = {}): AutoRun {
  return new Editing(engine, options);
}

class Editing implements AutoRun {
  readonly #engine: Pick<Engine, 'run'>;
  readonly #runOptions: RunOptions;
  readonly #debounceMs: number;
  readonly #clock: Clock;
  readonly #onRun: (run: Run) => void;
  readonly #onFault: (error: unknown) => void;
  /** What was loaded, or was run last. */
  #last: FlowDocument | undefined;
  /** Whether the last run did not come to its end, so that its document has to be run again. */
  #isTorn = false;
  /** The document that waits for edits to rest. */
  #edited: FlowDocument | undefined;
  #timer: unknown;
  #run: Run | undefined;
  #stopping: Promise<void> | undefined;

  constructor(engine: Pick<Engine, 'run'>, options: AutoRunOptions) {
    const { debounceMs, onRun, onFault, clock, ...runOptions } = options;
    this.#engine = engine;
    this.#runOptions = { ...(onRun ? {} : { ignoreBreakpoints: true }), ...runOptions, targets: { kind: 'changed' } };
    this.#debounceMs = debounceMs ?? DEBOUNCE_MS;
    this.#onRun = onRun ?? (() => undefined);
    this.#onFault = onFault ?? ((error) => console.error(error));
    this.#clock = clock ?? systemClock;
  }

  update(document: FlowDocument): void {
    if (this.#stopping) return;
    if (!this.#last) {
      this.#last = document;
      return;
    }
    const needsRun = changesComputation(this.#edited ?? this.#last, document);
    if (!needsRun && !this.#edited) return;
    this.#edited = document;
    // Who drags a node on while another edit waits does not make that wait longer.
    if (needsRun) this.#restartTimer();
  }

  flush(): Run | undefined {
    this.#clock.clearTimeout(this.#timer);
    const [last, document] = [this.#last, this.#edited];
    this.#edited = undefined;
    if (!last || !document) return undefined;
    if (!this.#isTorn && !changesComputation(last, document)) return undefined;
    this.#last = document;
    this.#run?.cancel();
    return this.#begin(document);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  #restartTimer(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => this.flush(), this.#debounceMs);
  }

  #begin(document: FlowDocument): Run | undefined {
    this.#isTorn = true;
    let run: Run;
    try {
      run = this.#engine.run(document, this.#runOptions);
    } catch (error) {
      this.#run = undefined;
      this.#onFault(error);
      return undefined;
    }
    this.#isTorn = false;
    this.#run = run;
    const end = (isTorn: boolean): void => {
      if (this.#run !== run) return;
      this.#run = undefined;
      this.#isTorn = isTorn;
    };
    run.result.then(
      ({ status }) => end(status === 'cancelled' || status === 'timed-out'),
      (error: unknown) => {
        end(true);
        this.#onFault(error);
      },
    );
    try {
      this.#onRun(run);
    } catch (error) {
      this.#onFault(error);
    }
    return run;
  }

  async #stop(): Promise<void> {
    this.#clock.clearTimeout(this.#timer);
    this.#edited = undefined;
    const run = this.#run;
    run?.cancel();
    // Its fault has been told.
    await run?.result.catch(() => undefined);
  }
}
