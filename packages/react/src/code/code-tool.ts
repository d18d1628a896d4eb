import type { TypeProblem } from '@loom/graph';

/** What lays out and checks the sources of one language. Its code may be heavy: load it when it is asked first. */
export interface CodeTool {
  /** The source in its usual layout. Rejects with the reason when it cannot be read. */
  format?(source: string): Promise<string>;
  /** What is wrong with a source. Asked when typing has paused. */
  lint?(source: string): Promise<readonly TypeProblem[]>;
}

/**
 * The tools of the code panel by language. Without one, a source is marked where it cannot be read and there is no button
 * that formats. `@loom/react/code-tools` makes them of Ruff and Prettier.
 */
export interface CodeTools {
  readonly python?: CodeTool | undefined;
  readonly javascript?: CodeTool | undefined;
}

/** A tool is first loaded, which may take long over a slow line; it must not be waited for without an end. */
const ANSWER_MS = 60_000;

/** What a tool answers; rejects when it does not in time. */
export function answerOf<Answer>(asked: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
