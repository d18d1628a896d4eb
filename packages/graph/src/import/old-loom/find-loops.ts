import { quoted } from '../report.js';
import type { Wire } from '../sketch.js';
import { eventTypes } from './events.js';
import { namedNodes, nameOf, type OldFlow, type OldNode, sketched } from './old-flow.js';
import { reach } from './reach.js';

/** What a loop node says. */
export interface Loop {
  /** The node whose result says whether to go on. */
  readonly decider: string;
  /** Where an iteration begins. */
  readonly start: string;
  /** Goes on whatever the result is. */
  readonly isEndless: boolean;
  /** Iterations at most; `-1` for any number, absent for the default. */
  readonly limit: number | undefined;
}

/** The part of a flow that a loop repeats. */
export interface Section {
  /** The nodes that lead from the start to the decider. */
  readonly nodes: ReadonlySet<string>;
  /** These, and what follows them when the loop is endless: nothing else would ever run it. */
  readonly body: ReadonlySet<string>;
  /** Nodes that lead to the decider without passing the start: wires from the decider to these go back. */
  readonly before: ReadonlySet<string>;
}

/** What the loop nodes of a flow say, as far as it can be done. */
export function readLoops(flow: OldFlow): Loop[] {
  const nodes = [...flow.nodes.values()].filter((node) => node.mode === 'loop' && flow.sketch.nodes.has(node.id));
  return nodes.flatMap((node) => {
    const isEndless = readKind(flow, node);
    const limit = readLimit(flow, node, isEndless);
    const [named] = namedNodes(flow, node, 'loop_back_to', node.metadata.loop_back_to);
    const start = named ?? (isEndless ? node.id : undefined);
    if (start !== undefined && isEvent(flow, start)) {
      const message = `${nameOf(flow, node.id)} loops back to the event ${nameOf(flow, start)}, which fires by itself and cannot lie in a loop. It runs once for each event.`;
      flow.report.error('import/event-in-loop', ['nodes', node.id], message);
      return [];
    }
    if (start !== undefined) return [{ decider: node.id, start, isEndless, limit }];
    const message = `${nameOf(flow, node.id)} loops, and does not say back to which node: it runs once, as it did before. Put what repeats into a while zone.`;
    flow.report.warning('import/no-loop-start', ['nodes', node.id], message);
    return [];
  });
}

function isEvent(flow: OldFlow, id: string): boolean {
  return flow.nodes.get(id)?.mode === 'event' && eventTypes.has(sketched(flow, id).type);
}

/** The section of a loop in a flow without some wires, or why there is none. */
export function findSection(flow: OldFlow, loop: Loop, hidden: ReadonlySet<Wire>): Section | 'none' | 'too-large' {
  const { sketch, report } = flow;
  const { decider, start } = loop;
  const onward = reach(sketch, [start], 'onward', report, { hidden });
  if (onward && !onward.has(decider)) return 'none';
  const back = reach(sketch, [decider], 'back', report, { hidden });
  const before = reach(sketch, [decider], 'back', report, { hidden, last: new Set([start]) });
  if (!onward || !back || !before) return 'too-large';
  const nodes = new Set([...onward].filter((id) => back.has(id)));
  const body = loop.isEndless ? reach(sketch, nodes, 'onward', report, { hidden }) : nodes;
  return body ? { nodes, body, before } : 'too-large';
}

/** Says why a loop has no section. */
export function reportNoSection(flow: OldFlow, { decider, start }: Loop, why: 'none' | 'too-large'): void {
  const name = nameOf(flow, decider);
  const path = ['nodes', decider];
  if (why === 'too-large') {
    const message = `The flow is too large to look for the section that ${name} repeats. It runs once; put the section into a while zone.`;
    flow.report.error('import/too-complex', path, message);
  } else {
    const message = `${name} loops back to ${nameOf(flow, start)}, and no wires lead from there to it. It runs once; put what repeats into a while zone.`;
    flow.report.error('import/no-section', path, message);
  }
}

/** Whether a loop has no end. */
function readKind(flow: OldFlow, node: OldNode): boolean {
  const { loop_type: kind = 'while' } = node.metadata;
  if (kind === 'for') {
    const message = `${nameOf(flow, node.id)} is a "for" loop, which never was more than a while loop: it goes on while its result is true. For a number of times use a repeat zone, for a list a for-each zone.`;
    flow.report.warning('import/loop-kind', ['nodes', node.id], message);
  } else if (kind !== 'while' && kind !== 'infinite') {
    const message = `${nameOf(flow, node.id)} has the loop type ${quoted(kind)}, which is not known. It became a while loop.`;
    flow.report.warning('import/loop-kind', ['nodes', node.id], message);
  }
  return kind === 'infinite';
}

function readLimit(flow: OldFlow, node: OldNode, isEndless: boolean): number | undefined {
  const { max_iterations: limit } = node.metadata;
  const usual = isEndless ? -1 : undefined;
  if (limit === undefined || limit === null) return usual;
  if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= -1) return limit;
  const message = `The limit ${quoted(limit)} of ${nameOf(flow, node.id)} is no number of iterations; ${isEndless ? 'it has none now' : 'the usual 1000 holds'}.`;
  return flow.report.warning('import/loop-limit', ['nodes', node.id], message) ?? usual;
}
