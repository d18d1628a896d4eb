import type { RunTargets } from '@loom/engine';
import type { FlowDocument, Json, Library, NodeId, PortId } from '@loom/graph';
import { BodyPass } from './body-pass.js';
import type { Shape } from './graph-shape.js';
import type { ExpectedRun } from './outcome.js';
import type { CallFunction, Choose } from './rules.js';
import { rootsInScope, withInsides } from './run-scope.js';
import { skippedToken } from './token.js';

/** How a flow is interpreted. */
export interface InterpretOptions {
  /** What functions give. */
  readonly call: CallFunction;
  /** Where the rules allow several ends: which one was seen. @default the first */
  readonly choose?: Choose;
  /** @default everything */
  readonly targets?: RunTargets;
  /** Values of promoted inputs by name. */
  readonly inputs?: Readonly<Record<string, Json>>;
  readonly pins?: Readonly<Record<NodeId, Readonly<Record<PortId, Json>>>>;
}

/**
 * Says how a run of a flow ends, from the rules alone: no executors, no events, no time. For one run of an engine that
 * keeps no results, that is not cancelled and goes on after errors.
 *
 * @example
 * ```ts
 * const { nodes } = interpret(document, library, { call: (type, inputs) => behave(type.id, inputs) });
 * nodes.get('sum'); // { state: 'success', outputs: Map { 'out' => 3 } }
 * ```
 */
export function interpret(document: FlowDocument, library: Library, options: InterpretOptions): ExpectedRun {
  const { call, choose = (_path, _node, [first]) => first as never, targets, inputs = {}, pins = {} } = options;
  const shape: Shape = { graph: document, library };
  const promoted = Object.entries(document.inputs);
  const pass = new BodyPass({ library, call, choose, document, pins }, shape, undefined, {
    path: [],
    tokenAt: skippedToken,
    brought: [],
    given: (node) => (port) => {
      const [name] =
        promoted.find(([id, to]) => to.node === node && to.port === port && Object.hasOwn(inputs, id)) ?? [];
      return name === undefined ? undefined : { value: inputs[name] };
    },
  });
  const roots = rootsInScope(shape, targets ?? { kind: 'all' }, pins);
  const nodes = pass.ends(roots);
  const hasFailed = [...nodes.values()].some(({ state }) => state === 'error');
  return { status: hasFailed ? 'failed' : 'succeeded', nodes, scope: withInsides(shape, roots) };
}
