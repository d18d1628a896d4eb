import type { JavaScriptFlowType } from '@loom/graph';
import type { BehaviourName } from './behaviour.js';

/** The same as `numberOf`, for sources that can import nothing. */
const NUMBER_OF = `
function numberOf(value) {
  if (typeof value === 'number') return Math.trunc(value) % 1000;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce((sum, item) => (sum + numberOf(item)) % 1000, value.length);
  return 0;
}`;

const anything = { type: 'any', default: 1 };

function written(inputs: readonly string[], output: string, run: string): JavaScriptFlowType {
  return {
    kind: 'javascript',
    source: `export default ${run};\n${NUMBER_OF}\n`,
    inputs: Object.fromEntries(inputs.map((input) => [input, anything])),
    outputs: { out: { type: output } },
  };
}

/** Behaviours that a flow has as sources of its own, under the names of their types. */
export const writtenTypes = {
  add: written(['a', 'b'], 'any', '({ a, b }) => ({ out: (numberOf(a) + numberOf(b)) % 1000 })'),
  isEven: written(['x'], 'bool', 'async ({ x }) => ({ out: numberOf(x) % 2 === 0 })'),
} satisfies Partial<Record<BehaviourName, JavaScriptFlowType>>;
