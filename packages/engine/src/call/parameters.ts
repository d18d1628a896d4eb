import { type Json, LoomError } from '@loom/graph';
import type { ParameterAnswer } from '../executor.js';
import { describeThrown } from '../fault.js';
import { cutText } from '../preview/scalar.js';

/** How long a handler may take to answer. */
export const PARAMETER_TIMEOUT_MS = 5_000;

/** Parameters of one call; more is a leak. */
const MAX_HANDLERS = 1_000;
const MAX_REASON = 2_000;

export type ParameterHandler = (value: Json) => unknown;

/** The live parameters that one call takes, by name. */
export class ParameterHandlers {
  readonly #handlers = new Map<string, ParameterHandler>();

  /** The last handler of a name counts. Returns how to end it. */
  add(name: string, handler: ParameterHandler): () => void {
    if (this.#handlers.size === MAX_HANDLERS && !this.#handlers.has(name)) {
      throw new LoomError('node/too-many-parameters', `A node takes at most ${MAX_HANDLERS} live parameters.`);
    }
    this.#handlers.set(name, handler);
    return () => {
      if (this.#handlers.get(name) === handler) this.#handlers.delete(name);
    };
  }

  has(name: string): boolean {
    return this.#handlers.has(name);
  }

  /** Never rejects. */
  async set(name: string, value: Json): Promise<ParameterAnswer> {
    const handler = this.#handlers.get(name);
    if (!handler) return { status: 'no-handler' };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<ParameterAnswer>((resolve) => {
      const reason = `The handler of "${name}" did not answer within ${PARAMETER_TIMEOUT_MS / 1000} s.`;
      timer = setTimeout(() => resolve({ status: 'rejected', reason }), PARAMETER_TIMEOUT_MS);
    });
    try {
      // What receives it may change it.
      const applied = Promise.resolve(handler(structuredClone(value))).then(() => ({ status: 'applied' }) as const);
      return await Promise.race([applied, late]);
    } catch (thrown) {
      return { status: 'rejected', reason: cutText(reasonOf(thrown), MAX_REASON) };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A reason is for people: the message of an error stands for itself. */
function reasonOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  return thrown instanceof Error && thrown.message !== '' ? thrown.message : describeThrown(thrown);
}
