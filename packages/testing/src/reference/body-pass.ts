import type { FlowEdge, NodeId, PortId } from '@loom/graph';
import { type Blockade, blockadeOf, isOnCycle } from './blocked.js';
import { type Brought, broughtTo, INSTANCE, isGiven } from './brought.js';
import { bypass, isBypassed } from './bypass.js';
import { fire } from './firing.js';
import type { FiringContext } from './firing-context.js';
import type { Frame } from './frame.js';
import { awaitedWires, bodyOf, isEventNode, needsOf, type Shape, seenFromBody, wiresOf } from './graph-shape.js';
import { decideJoin, joinPolicyOf } from './join.js';
import { type Arrival, gatherInputs, type Literals, literalsOf } from './node-inputs.js';
import { failed, type NodeResult, skippedAt, skippedBy, succeeded } from './node-result.js';
import type { ExpectedFrame, ExpectedNode } from './outcome.js';
import type { FramePath, Rules } from './rules.js';
import { collected, streamModeOf } from './streams.js';
import { skippedToken, type Token, valueToken } from './token.js';

/** What a body sees of what is around it. */
export interface Surroundings {
  readonly path: FramePath;
  /** Tokens of nodes elsewhere, and of the inner outputs of the body's zone. */
  readonly tokenAt: (node: NodeId, port: PortId) => Token;
  /** What the run gives to a node of this graph instead of its literals. */
  readonly given: (node: NodeId) => Literals;
  /** What an instance of this graph brings to promoted inputs. */
  readonly brought: readonly Brought[];
}

/** One pass over one body: the root, an iteration of a zone, or a subgraph. Each node is worked out when it is asked for. */
export class BodyPass {
  readonly rules: Rules;
  readonly shape: Shape;
  readonly zone: NodeId | undefined;
  readonly surroundings: Surroundings;
  readonly #results = new Map<NodeId, NodeResult>();

  constructor(rules: Rules, shape: Shape, zone: NodeId | undefined, surroundings: Surroundings) {
    this.rules = rules;
    this.shape = shape;
    this.zone = zone;
    this.surroundings = surroundings;
  }

  /** How these nodes of the body end. */
  ends(nodes: readonly NodeId[] = bodyOf(this.shape, this.zone)): Map<NodeId, ExpectedNode> {
    return new Map(nodes.map((node) => [node, this.result(node).expected]));
  }

  result(node: NodeId): NodeResult {
    const known = this.#results.get(node);
    if (known) return known;
    const chosen = chosenOf(this.rules, this.surroundings.path, node, this.#candidates(node));
    this.#results.set(node, chosen);
    return chosen;
  }

  /** What an output of a node of this body carries, or of one around it. */
  readonly tokenAt = (node: NodeId, port: PortId): Token => {
    const isHere = node !== this.zone && seenFromBody(this.shape, this.zone, node) === node;
    return isHere ? this.result(node).tokens(port) : this.surroundings.tokenAt(node, port);
  };

  literals(node: NodeId): Literals {
    return literalsOf(this.shape, node, this.surroundings.given(node));
  }

  #contextAt(path: FramePath): FiringContext {
    return {
      shape: this.shape,
      rules: this.rules,
      literals: (node) => this.literals(node),
      choose: (node, candidates) => chosenOf(this.rules, path, node, candidates),
      within: (step) => this.#contextAt([...path, step]),
      runFrame: (zone, index, inner) => this.#runFrame(path, zone, index, inner),
      runInside: (instance, graph, brought) => {
        const shape = { graph, library: this.shape.library };
        const inner = [...path, { node: instance, index: 0 }];
        const around = { path: inner, given: nothingGiven, brought, tokenAt: skippedToken };
        const pass = new BodyPass(this.rules, shape, undefined, around);
        return { expected: frameOf(0, pass.ends()), tokenAt: pass.tokenAt };
      },
    };
  }

  #runFrame(path: FramePath, zone: NodeId, index: number, inner: ReadonlyMap<PortId, unknown>): Frame {
    const { rules, shape, surroundings } = this;
    const pass = new BodyPass(rules, shape, zone, {
      path: [...path, { node: zone, index }],
      given: surroundings.given,
      brought: surroundings.brought,
      tokenAt: (node, port) =>
        node === zone && inner.has(port) ? valueToken(inner.get(port)) : collected(this.tokenAt(node, port)),
    });
    return {
      expected: frameOf(index, pass.ends()),
      end: (port) => {
        const wire = wiresOf(shape).find(({ target, targetPort }) => target === zone && targetPort === port);
        return wire && collected(pass.tokenAt(wire.source, wire.sourcePort));
      },
    };
  }

  #candidates(node: NodeId): NodeResult[] {
    return this.#withoutRunning(node) ?? this.#joined(node);
  }

  /** What ends without waiting for anything. */
  #withoutRunning(node: NodeId): NodeResult[] | undefined {
    const settings = this.shape.graph.nodes[node]?.settings;
    if (settings?.mode === 'muted') return [skippedAt(node, 'muted')];
    const pinned = (this.shape.graph === this.rules.document && this.rules.pins[node]) || settings?.pinned;
    if (pinned) return [succeeded(node, new Map(Object.entries(pinned)))];
    if (isEventNode(this.shape, node)) return [skippedAt(node, 'waits-for-event')];
    if (!isOnCycle(this.shape, this.zone, node)) return undefined;
    const isBlockedToo = this.#blockade(node) !== undefined;
    return [failed(node, isBlockedToo ? undefined : 'graph/cycle')];
  }

  #joined(node: NodeId): NodeResult[] {
    const { shape } = this;
    const literals = this.literals(node);
    const own = awaitedWires(shape, node).map((wire) => {
      const token = this.tokenAt(wire.source, wire.sourcePort);
      return { wire, token: this.#isCollected(node, wire) ? collected(token) : token };
    });
    const arrivals = [...broughtTo(shape, node, this.surroundings.brought), ...own];
    if (isBypassed(shape, node)) {
      const isPromoted = (port: PortId): boolean => this.#promoted(node, port).length > 0;
      return [bypass({ shape, node, arrivals, literals, isPromoted })];
    }
    const decision = decideJoin(joinPolicyOf(shape, node), arrivals, (a, b) => this.#comesBefore(node, a.wire, b.wire));
    if (decision.kind === 'skipped') return [skippedBy(decision.token)];
    const blockade = this.#blockade(node);
    if (blockade) return [failed(node, blockade.code)];
    const isWired = (port: PortId): boolean =>
      this.#isBrought(node, port) || own.some(({ wire }) => wire.target === node && wire.targetPort === port);
    return decision.with.flatMap((present) => this.#fired(node, present, literals, isWired));
  }

  #fired(
    node: NodeId,
    present: readonly Arrival[],
    literals: Literals,
    isWired: (port: PortId) => boolean,
  ): NodeResult[] {
    const gathered = gatherInputs(this.shape, node, present, literals, isWired);
    return gathered.kind === 'missing'
      ? [failed(node, 'node/missing-input')]
      : fire(this.#contextAt(this.surroundings.path), node, gathered.values);
  }

  #blockade(node: NodeId): Blockade | undefined {
    return blockadeOf(this.shape, node, this.literals(node), (port) => this.#isBrought(node, port));
  }

  #isBrought(node: NodeId, port: PortId): boolean {
    return this.#promoted(node, port).some(isGiven);
  }

  #promoted(node: NodeId, port: PortId): Brought[] {
    return this.surroundings.brought.filter((each) => each.node === node && each.port === port);
  }

  /** Whether a stream on this wire becomes the list of its items. */
  #isCollected(node: NodeId, { target, targetPort }: FlowEdge): boolean {
    return target !== node || streamModeOf(this.shape, node, targetPort) === 'collect';
  }

  /** Whether this wire carries its token only when a stream has ended: all others of that node do from the beginning. */
  #comesAtEnd(node: NodeId, wire: FlowEdge): boolean {
    const token = this.tokenAt(wire.source, wire.sourcePort);
    return this.#isCollected(node, wire) && collected(token) !== token;
  }

  /** Whether of two wires that lead to a node one has its token whenever the other has. */
  #comesBefore(node: NodeId, a: FlowEdge, b: FlowEdge): boolean {
    if (a.source === INSTANCE || b.source === INSTANCE) return a.source === INSTANCE;
    const early = seenFromBody(this.shape, this.zone, a.source);
    const late = seenFromBody(this.shape, this.zone, b.source);
    if (early === undefined || late === undefined) return early === undefined;
    if (this.#comesAtEnd(node, a)) return early === late && this.#comesAtEnd(node, b);
    const waitedFor = (node: NodeId): FlowEdge[] => (this.#withoutRunning(node) ? [] : awaitedWires(this.shape, node));
    return early === late || needsOf(this.shape, this.zone, late, waitedFor).has(early);
  }
}

const nothingGiven = (): Literals => () => undefined;

function chosenOf(rules: Rules, path: FramePath, node: NodeId, candidates: readonly NodeResult[]): NodeResult {
  const [only, ...others] = candidates;
  return only && others.length === 0 ? only : rules.choose(path, node, candidates);
}

function frameOf(index: number, nodes: ReadonlyMap<NodeId, ExpectedNode>): ExpectedFrame {
  return { index, nodes, hasFailed: [...nodes.values()].some(({ state }) => state === 'error') };
}
