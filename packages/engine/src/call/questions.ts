import { LoomError } from '@loom/graph';
import { cutText } from '../preview/scalar.js';
import { NO_TASK, type Said } from './said.js';

/** Questions of one call that wait at the same time; more is a mistake. */
const MAX_OPEN = 100;
const MAX_PROMPT = 2_000;

interface Question {
  readonly resolve: (text: string) => void;
  readonly reject: (reason: LoomError) => void;
}

/** What one call asks the user. */
export class Questions {
  readonly #tell: (said: Said) => void;
  readonly #open = new Map<number, Question>();
  #stoppedFor: LoomError | undefined;
  #count = 0;

  constructor(tell: (said: Said) => void, stoppedFor: LoomError | undefined) {
    this.#tell = tell;
    this.#stoppedFor = stoppedFor;
  }

  /** Rejects with `node/no-answer` when there is none, and with the reason when the call is stopped. */
  ask(prompt: string): Promise<string> {
    if (this.#stoppedFor) return Promise.reject(this.#stoppedFor);
    if (this.#open.size === MAX_OPEN) {
      const message = `A node waits for at most ${MAX_OPEN} answers at the same time.`;
      return Promise.reject(new LoomError('node/too-many-questions', message));
    }
    const question = this.#count++;
    const answer = new Promise<string>((resolve, reject) => {
      this.#open.set(question, { resolve, reject });
    });
    this.#tell({ kind: 'asked', task: NO_TASK, question, prompt: cutText(prompt, MAX_PROMPT) });
    return answer;
  }

  /** The first answer counts, and those to nothing are ignored. */
  answer(question: number, text: string | null): void {
    const asked = this.#open.get(question);
    if (!asked) return;
    this.#open.delete(question);
    this.#tell({ kind: 'answered', task: NO_TASK, question });
    if (text === null) asked.reject(new LoomError('node/no-answer', 'There is no answer: the input was ended.'));
    else asked.resolve(String(text));
  }

  /** The call is to end: nothing is answered any more. */
  stop(reason: LoomError): void {
    this.#stoppedFor = reason;
    for (const { reject } of this.#open.values()) reject(reason);
    this.#open.clear();
  }
}
