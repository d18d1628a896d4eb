import type { PortId } from '@loom/graph';

/** Puts the inputs of a call together from a list of values; `feeds[at]` is where the first one is in it. */
export type MakeInputs = (values: readonly unknown[], feeds: Int32Array, at: number) => Record<PortId, unknown>;

/**
 * How inputs with these names are put together, none of them `__proto__`. For few names there is a function that knows them one
 * by one: stores of names that never change cost a fraction of those in a loop. Compiling text would do the same for any
 * number, but a Content Security Policy forbids it.
 */
export function inputsMaker(ports: readonly PortId[]): MakeInputs {
  const [a = '', b = '', c = '', d = ''] = ports;
  switch (ports.length) {
    case 0:
      return () => ({});
    case 1:
      return (values, feeds, at) => {
        const inputs: Record<PortId, unknown> = {};
        inputs[a] = values[feeds[at] as number]; // typed arrays of fixed length, here and below
        return inputs;
      };
    case 2:
      return (values, feeds, at) => {
        const inputs: Record<PortId, unknown> = {};
        inputs[a] = values[feeds[at] as number];
        inputs[b] = values[feeds[at + 1] as number];
        return inputs;
      };
    case 3:
      return (values, feeds, at) => {
        const inputs: Record<PortId, unknown> = {};
        inputs[a] = values[feeds[at] as number];
        inputs[b] = values[feeds[at + 1] as number];
        inputs[c] = values[feeds[at + 2] as number];
        return inputs;
      };
    case 4:
      return (values, feeds, at) => {
        const inputs: Record<PortId, unknown> = {};
        inputs[a] = values[feeds[at] as number];
        inputs[b] = values[feeds[at + 1] as number];
        inputs[c] = values[feeds[at + 2] as number];
        inputs[d] = values[feeds[at + 3] as number];
        return inputs;
      };
    default:
      return (values, feeds, at) => {
        const inputs: Record<PortId, unknown> = {};
        for (let i = 0; i < ports.length; i++) inputs[ports[i] as PortId] = values[feeds[at + i] as number];
        return inputs;
      };
  }
}
