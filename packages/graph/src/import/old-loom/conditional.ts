import { beside } from '../layout.js';
import { type End, freeInput, lateRank, orderedInputs, type Wire } from '../sketch.js';
import { firstOutput, namedNodes, nameOf, type OldFlow, type OldNode, sketched } from './old-flow.js';

type Way = 'true' | 'false';

const branchPorts = {
  inputs: { names: ['value', 'condition'], open: false },
  outputs: { names: ['true', 'false'], open: false },
};

/** What the conditionals of a flow have made so far. */
export interface Conditions {
  /** The branch nodes of each conditional. */
  readonly branches: Map<string, string[]>;
  /** Branch nodes by conditional and what they hand on. */
  readonly byValue: Map<string, string>;
  /** For wires that come out of a branch: where they came from before. */
  readonly origins: Map<Wire, End>;
  /** The nodes on paths. */
  readonly gated: Set<string>;
}

export function noConditions(): Conditions {
  return { branches: new Map(), byValue: new Map(), origins: new Map(), gated: new Set() };
}

/**
 * Puts a branch behind a conditional node: its result is the condition, and what leads into the nodes of a path goes
 * through the branch. A node that both paths name runs anyway and is left as it is.
 */
export function turnConditional(flow: OldFlow, node: OldNode, made: Conditions): void {
  const { report } = flow;
  const whenTrue = new Set(pathNodes(flow, node, 'true_path'));
  const whenFalse = new Set(pathNodes(flow, node, 'false_path'));
  for (const id of whenTrue) if (whenFalse.delete(id)) whenTrue.delete(id);
  if (whenTrue.size + whenFalse.size === 0) {
    const message = `${nameOf(flow, node.id)} is conditional, and no node hangs on one of its paths only. It stayed a plain node.`;
    report.warning('import/no-paths', ['nodes', node.id], message);
    return;
  }
  const message =
    'Branches take true and false only, where the old Loom took every value for one of them. Let these conditions return a bool.';
  report.gather('import/strict-condition', ['nodes', node.id], message, node.id);
  for (const id of whenTrue) gate(flow, node, id, 'true', whenTrue, made);
  for (const id of whenFalse) gate(flow, node, id, 'false', whenFalse, made);
}

function pathNodes(flow: OldFlow, node: OldNode, key: 'true_path' | 'false_path'): string[] {
  return namedNodes(flow, node, key, node.metadata[key]).filter((id) => {
    if (id !== node.id) return true;
    const message = `The ${key} of ${nameOf(flow, id)} leads to itself, which was left out. To repeat, use a zone.`;
    return flow.report.error('import/path-to-itself', ['nodes', node.id], message);
  });
}

/** Lets a node run only when the condition goes its way. */
function gate(flow: OldFlow, node: OldNode, id: string, way: Way, path: ReadonlySet<string>, made: Conditions): void {
  const { sketch, report } = flow;
  if (made.gated.has(id)) {
    const message = 'These nodes are on paths of several conditions. Check how their branches meet.';
    report.gather('import/several-conditions', ['nodes', id], message, id);
  }
  made.gated.add(id);
  report.spend(sketch.incoming(id).size + sketch.incoming(node.id).size);
  const wires = orderedInputs(sketch, id);
  const direct = wires.filter((wire) => wire.source === node.id);
  for (const wire of direct) through(flow, node, wire, way, made);
  // What hangs on a node of the same path needs no branch of its own.
  if (direct.length > 0 || wires.some((wire) => wire.source !== id && path.has(wire.source))) return;
  const branched = wires.find((wire) => made.origins.has(wire));
  const origin = branched && made.origins.get(branched);
  if (branched && origin) {
    // Another condition lets it run, too: either will do, so this wire stands beside that one.
    made.origins.set(
      sketch.connect({ ...branched, ...wayOut(flow, node, origin, way, made), id: undefined, place: undefined }),
      origin,
    );
    return;
  }
  const [wire] = wires;
  if (wire) through(flow, node, wire, way, made);
  else feedThrough(flow, node, id, way, made);
}

/** Leads a wire through the branch. */
function through(flow: OldFlow, node: OldNode, wire: Wire, way: Way, made: Conditions): void {
  const origin = { node: wire.source, port: wire.sourcePort };
  made.origins.set(flow.sketch.reroute(wire, wayOut(flow, node, origin, way, made)), origin);
}

/** Gives a node that no wire leads into one from the branch. */
function feedThrough(flow: OldFlow, node: OldNode, id: string, way: Way, made: Conditions): void {
  const { sketch, report } = flow;
  const { inputs, ports } = sketched(flow, id);
  const canBeWired = ports.inputs.open || ports.inputs.names.length > 0;
  const [literal] = canBeWired ? inputs : [];
  const port = literal?.[0] ?? freeInput(sketch, id);
  if (port === undefined) {
    const message = `${nameOf(flow, id)} ran only when ${nameOf(flow, node.id)} said ${way}. It has no input by which a branch could say so, and now runs always. Give it one, and connect it to the branch.`;
    report.error('import/no-way-in', ['nodes', id], message);
    return;
  }
  const origin = literal ? valueNode(flow, id, literal[1]) : testedValue(flow, node);
  if (literal) inputs.delete(port);
  const message = 'Only the metadata said what leads into these nodes. Wires were laid for it; check them.';
  report.gather('import/wired-by-metadata', ['nodes', id], message, id);
  const from = wayOut(flow, node, origin, way, made);
  made.origins.set(sketch.connect({ ...from, target: id, targetPort: port, rank: lateRank }), origin);
}

/** A node that holds a literal, so that it can go through a branch. */
function valueNode(flow: OldFlow, id: string, value: unknown): End {
  const node = flow.sketch.add(`${id}-value`, {
    type: 'loom/value-json',
    position: beside(flow.sketch, id, -520),
    inputs: new Map([['value', value]]),
    ports: { inputs: { names: ['value'], open: false }, outputs: { names: ['value'], open: false } },
  });
  return { node, port: 'value' };
}

/** What the condition looks at first; its own result when nothing leads into it. */
function testedValue(flow: OldFlow, node: OldNode): End {
  const [wire] = orderedInputs(flow.sketch, node.id);
  if (wire && wire.source !== node.id) return { node: wire.source, port: wire.sourcePort };
  return { node: node.id, port: firstOutput(flow, node.id) };
}

/** The output of a branch that hands a value on, when the condition goes that way. */
function wayOut(
  flow: OldFlow,
  node: OldNode,
  value: End,
  way: Way,
  made: Conditions,
): { source: string; sourcePort: Way } {
  const { sketch } = flow;
  const key = JSON.stringify([node.id, value.node, value.port]);
  const found = made.byValue.get(key);
  if (found !== undefined) return { source: found, sourcePort: way };
  const branches = made.branches.get(node.id) ?? [];
  made.branches.set(node.id, branches);
  const id = sketch.add(`${node.id}-branch`, {
    type: 'loom/branch',
    position: beside(sketch, node.id, 240, branches.length * 140),
    inputs: new Map(),
    ports: branchPorts,
  });
  made.byValue.set(key, id);
  branches.push(id);
  const target = { target: id, rank: lateRank };
  sketch.connect({ source: value.node, sourcePort: value.port, ...target, targetPort: 'value' });
  sketch.connect({ source: node.id, sourcePort: firstOutput(flow, node.id), ...target, targetPort: 'condition' });
  return { source: id, sourcePort: way };
}
