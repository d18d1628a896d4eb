import { quoted } from '../report.js';
import { freeInput, lateRank, orderedInputs, type PortList, type Wire } from '../sketch.js';
import { firstOutput, namedNodes, nameOf, type OldFlow, type OldNode, pathOfWire, sketched } from './old-flow.js';

/** What comes into a parallel node at one place and goes on to its branches. */
type Feed = { readonly wire: Wire } | { readonly literal: unknown };

/** A parallel node while it is taken apart. */
interface Spread {
  readonly flow: OldFlow;
  readonly node: OldNode;
  readonly branches: readonly (readonly string[])[];
  readonly feeds: readonly Feed[];
  /** The place among the feeds of the one that goes through the node, when there is one. */
  readonly through: number;
  /** The outputs that the node had. */
  readonly results: PortList;
  /** The feeds that something takes. */
  readonly taken: Set<Feed>;
}

/**
 * Takes a parallel node apart: nodes run at once anyway, so its branches get what it was given, and what followed it
 * hangs on their ends. The node stays as a merge that hands its first wire on, or goes when no wire leads into it.
 */
export function turnParallel(flow: OldFlow, node: OldNode): void {
  const { sketch, report } = flow;
  const branches = branchesOf(flow, node);
  if (branches.length === 0) {
    const message = `${nameOf(flow, node.id)} is parallel and names no branches. It stayed a plain node: what is independent runs at once.`;
    report.warning('import/no-branches', ['nodes', node.id], message);
    return;
  }
  const feeds = feedsOf(flow, node);
  const through = feeds.findIndex((feed) => 'wire' in feed);
  const { outputs: results } = sketched(flow, node.id).ports;
  const spread: Spread = { flow, node, branches, feeds, through, results, taken: new Set() };
  const fate = through < 0 ? 'is gone' : 'only hands its input on';
  report.warning(
    'import/parallel',
    ['nodes', node.id],
    `The parallel node ${nameOf(flow, node.id)} ${fate}: its branches run at once without it. Its own function was not called before either.`,
  );
  const wired = new Set(feeds.map((feed) => ('wire' in feed ? feed.wire.targetPort : undefined)));
  for (const [port, value] of sketched(flow, node.id).inputs) {
    if (wired.has(port)) leaveValueOut(spread, node.id, value, 'a wire brings another');
  }
  const outgoing = [...sketch.outgoing(node.id)];
  for (const wire of [...sketch.incoming(node.id), ...outgoing]) sketch.disconnect(wire);
  if (through >= 0) passOn(spread);
  const members = new Set(branches.flat());
  for (const wire of outgoing) {
    if (wire.target === node.id) leftOut(spread, wire, 'it leads back to where it begins');
    else if (members.has(wire.target)) feedMember(spread, wire);
    else followBranch(spread, wire);
  }
  for (const branch of branches) {
    const before = new Set<string>();
    let last: string | undefined;
    for (const id of branch) {
      if (last === undefined) feedHead(spread, id);
      else chain(spread, before, last, id);
      before.add(id);
      last = id;
    }
  }
  reportUntaken(spread);
  flow.standIns.set(
    node.id,
    branches.flatMap(([head]) => head ?? []),
  );
  if (through >= 0) return;
  sketch.remove(node.id);
  report.leaveOut(node.id, node.place);
}

function branchesOf(flow: OldFlow, node: OldNode): string[][] {
  const lists: unknown = node.metadata.parallel_branches;
  const taken = new Set([node.id]);
  return (Array.isArray(lists) ? lists : []).flatMap((list: unknown) => {
    const branch = namedNodes(flow, node, 'parallel_branches', list).filter((id) => {
      if (!taken.has(id)) return taken.add(id);
      const message = `A branch of ${nameOf(flow, node.id)} names ${quoted(id)} once more. It was left out there.`;
      return flow.report.error('import/branch-member', ['nodes', node.id], message);
    });
    return branch.length > 0 ? [branch] : [];
  });
}

/** What comes into the node, input after input. */
function feedsOf(flow: OldFlow, node: OldNode): Feed[] {
  const wires = orderedInputs(flow.sketch, node.id).filter((wire) => wire.source !== node.id);
  const wired = new Set(wires.map((wire) => wire.targetPort));
  const literals = [...sketched(flow, node.id).inputs].filter(([port]) => !wired.has(port));
  return [...wires.map((wire) => ({ wire })), ...literals.map(([, literal]) => ({ literal }))];
}

/** Makes the node hand its first wire on. The others go past it. */
function passOn({ flow, node, feeds, through }: Spread): void {
  const feed = feeds[through];
  const merge = sketched(flow, node.id);
  merge.type = 'loom/merge';
  merge.inputs.clear();
  merge.ports = { inputs: { names: ['values'], open: false }, outputs: { names: ['value'], open: false } };
  if (feed && 'wire' in feed) flow.sketch.connect({ ...feed.wire, targetPort: 'values' });
}

/**
 * Gives an input of a branch what the parallel node got at a place.
 *
 * @param wire - The wire of the file that leads from the node to this input, when there is one.
 */
function feedInput(spread: Spread, place: number, target: string, port: string, wire?: Wire): void {
  const { flow, node, through, taken } = spread;
  const feed = spread.feeds[place];
  if (!feed) return;
  if ('literal' in feed) {
    const { inputs } = sketched(flow, target);
    if (inputs.has(port)) leaveValueOut(spread, target, inputs.get(port), 'another value goes there');
    inputs.set(port, feed.literal);
  } else {
    // A wire that goes past the node is one of the file: the one that led to it, when none led from it.
    const own = wire ?? (place === through || taken.has(feed) ? { rank: feed.wire.rank } : feed.wire);
    const { source, sourcePort } = place === through ? { source: node.id, sourcePort: 'value' } : feed.wire;
    flow.sketch.connect({ ...own, source, sourcePort, target, targetPort: port });
  }
  taken.add(feed);
}

/** Says what came into the node and goes nowhere now. */
function reportUntaken(spread: Spread): void {
  const { flow, node, feeds, through, taken } = spread;
  for (const [place, feed] of feeds.entries()) {
    if (place === through || taken.has(feed)) continue;
    if ('wire' in feed) {
      const message = `The wire from ${nameOf(flow, feed.wire.source)} to ${nameOf(flow, node.id)} was left out: no branch takes what it brings.`;
      flow.report.error('import/parallel-wire', pathOfWire(feed.wire), message);
    } else leaveValueOut(spread, node.id, feed.literal, 'no branch takes it');
  }
}

function leaveValueOut({ flow }: Spread, id: string, value: unknown, why: string): void {
  const message = `The value ${quoted(value)} of ${nameOf(flow, id)} was left out: ${why}.`;
  flow.report.error('import/parallel-value', ['nodes', id], message);
}

/** A wire from the node to one of its branches brings what came into it. */
function feedMember(spread: Spread, wire: Wire): void {
  const place = placeOf(wire.sourcePort, spread.results);
  if (spread.feeds.length === 0) leftOut(spread, wire, 'nothing comes into the parallel node that it could bring');
  else feedInput(spread, place < spread.feeds.length ? place : 0, wire.target, wire.targetPort, wire);
}

/** A wire from the node to what comes after leads from the end of the branch with that place. */
function followBranch(spread: Spread, wire: Wire): void {
  const { flow, branches } = spread;
  const place = placeOf(wire.sourcePort, spread.results);
  const last = branches[place]?.at(-1);
  if (last === undefined) {
    leftOut(spread, wire, `there are ${branches.length} branches, and it brings the result of another one`);
  } else flow.sketch.connect({ ...wire, source: last, sourcePort: firstOutput(flow, last) });
}

/** A branch that nothing leads into begins with what the node was given. */
function feedHead(spread: Spread, head: string): void {
  const { flow, feeds } = spread;
  if (flow.sketch.incoming(head).size > 0) return;
  const { inputs, ports } = sketched(flow, head);
  flow.report.spend(feeds.length);
  for (let place = 0; place < feeds.length; place++) {
    const port = ports.inputs.names[place] ?? (ports.inputs.open ? `in${place}` : undefined);
    if (port === undefined || inputs.has(port)) continue;
    feedInput(spread, place, head, port);
    wiredByName(spread, head);
  }
}

/** Nodes of a branch come one after the other. One that nothing of its branch leads into gets the result before it. */
function chain(spread: Spread, before: ReadonlySet<string>, last: string, id: string): void {
  const { flow, node } = spread;
  const incoming = [...flow.sketch.incoming(id)];
  flow.report.spend(incoming.length);
  if (incoming.some((wire) => before.has(wire.source))) return;
  const port = incoming.length === 0 ? freeInput(flow.sketch, id) : undefined;
  if (port !== undefined) {
    const from = { source: last, sourcePort: firstOutput(flow, last) };
    flow.sketch.connect({ ...from, target: id, targetPort: port, rank: lateRank });
    wiredByName(spread, id);
    return;
  }
  const message = `${nameOf(flow, id)} came after ${nameOf(flow, last)} in a branch of ${nameOf(flow, node.id)}, and no wire says so: it no longer waits. Give it an input for that.`;
  flow.report.warning('import/order', ['nodes', id], message);
}

function wiredByName({ flow }: Spread, id: string): void {
  const message = 'Only the metadata said what leads into these nodes. Wires were laid for it; check them.';
  flow.report.gather('import/wired-by-metadata', ['nodes', id], message, id);
}

function leftOut({ flow, node }: Spread, wire: Wire, why: string): void {
  const message = `The wire from ${nameOf(flow, node.id)} to ${nameOf(flow, wire.target)} was left out: ${why}.`;
  flow.report.error('import/parallel-wire', pathOfWire(wire), message);
}

/** The position of an output by its name. */
function placeOf(port: string, { names }: PortList): number {
  const place = names.indexOf(port);
  return place >= 0 ? place : Number(/^out(\d{1,9})$/.exec(port)?.[1] ?? 0);
}
