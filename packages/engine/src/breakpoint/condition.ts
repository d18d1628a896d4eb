import { LoomError, type PortId } from '@loom/graph';
import { describeThrown } from '../fault.js';
import { type ConditionContext, flagOf } from './evaluate.js';
import { type ParsedCondition, parseCondition } from './parse.js';

/** Longer conditions are refused; code of that length belongs into a node. */
const MAX_LENGTH = 1_000;

/** A condition, ready to be asked; or why its text cannot be read. */
export type Condition =
  | {
      readonly ok: true;
      /** The inputs that it looks at: only their values have to be there. */
      readonly inputs: readonly PortId[];
      /**
       * The answer for a node that is about to start.
       *
       * @throws LoomError with a code that begins with `breakpoint/` when there is none
       */
      evaluate(context: ConditionContext): boolean;
    }
  | {
      readonly ok: false;
      readonly message: string;
      /** Where in the text; starts at 1 and counts UTF-16 units, as editors do. */
      readonly column: number;
    };

/**
 * Reads the condition of a breakpoint. The language is small and the same for people who write Python or JavaScript:
 *
 * - `index` (of the innermost iteration), `frame[0]` (of the outermost), `inputs.name` and `inputs["name"]`, with
 *   `.key` and `[position]` into lists and objects
 * - `== != < <= > >= in`, also as a chain: `0 < index < 5`
 * - `and or not`, or `&& || !`; both sides must be true or false
 * - `+ - * / %`, `len(x)`, parentheses, numbers, texts, `[lists]`, `true false null` (`True False None`)
 *
 * Nothing of it is ever run as code, so it works under any Content Security Policy and may come from anybody's document.
 *
 * @example
 * ```ts
 * const condition = readCondition('index >= 10 and inputs.price > 100');
 * if (condition.ok) condition.evaluate({ frame: [12], inputs: { price: 250 } }); // true
 * ```
 */
export function readCondition(text: string): Condition {
  let parsed: ParsedCondition;
  try {
    if (text.length > MAX_LENGTH) {
      return { ok: false, message: `A condition has at most ${MAX_LENGTH} characters.`, column: MAX_LENGTH + 1 };
    }
    parsed = parseCondition(text);
  } catch (error) {
    if (error instanceof LoomError && error.code === 'breakpoint/syntax') {
      return { ok: false, message: error.message, column: Number(error.context.column) };
    }
    throw error;
  }
  const { expression, inputs } = parsed;
  return {
    ok: true,
    inputs: [...inputs],
    evaluate: (context) => {
      try {
        return flagOf(expression, context, 'A condition');
      } catch (error) {
        if (error instanceof LoomError && error.code.startsWith('breakpoint/')) throw error;
        // Values are data of the app: a getter or a proxy may throw anything.
        const message = `The condition could not be evaluated: ${describeThrown(error)}`;
        throw new LoomError('breakpoint/failed', message, { cause: error });
      }
    },
  };
}
