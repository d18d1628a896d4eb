import type { CompiledFlow } from '../../flow/compiled-flow.js';
import type { RunFramesOptions } from '../run-frames-options.js';
import { hasBreakpoints } from '../whole-plan.js';
import { Debugger, type DebuggerHost } from './debugger.js';

/** The debugger of a run, made when there is something to stop at or somebody asks for it: otherwise nobody is asked anything. */
export class LateDebugger {
  readonly #host: DebuggerHost & { readonly isOpen: boolean };
  readonly #options: RunFramesOptions;
  #debugger: Debugger | undefined;

  constructor(host: DebuggerHost & { readonly isOpen: boolean }, options: RunFramesOptions, flow: CompiledFlow) {
    this.#host = host;
    this.#options = options;
    const { breakpoints = {}, ignoreBreakpoints = false, paused = false, quiet } = options;
    const mayStop = Object.keys(breakpoints).length > 0 || (!ignoreBreakpoints && hasBreakpoints(flow));
    if (!quiet && (paused || mayStop)) this.#debugger = new Debugger(host, options, paused);
  }

  /** Undefined while there is none. */
  get made(): Debugger | undefined {
    return this.#debugger;
  }

  make(): Debugger {
    if (!this.#debugger) {
      this.#debugger = new Debugger(this.#host, this.#options, false);
      if (this.#host.isOpen) this.#debugger.begin();
    }
    return this.#debugger;
  }
}
