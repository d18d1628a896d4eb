import type { PortId } from '@loom/graph';
import type { Said } from '../../call/said.js';
import { isThenable } from '../../call/thenable.js';
import type { DirectExecution } from '../../executor.js';
import { NOTHING } from '../../plan/place-marks.js';
import type { RunPlan } from '../../plan/plan.js';
import { recipesOf } from '../calls/call-recipes.js';
import type { Callees } from '../calls/callees.js';
import { DirectInputs } from '../calls/direct-inputs.js';
import type { Frame } from '../frame.js';
import { NodeBook } from '../node-book.js';
import type { Passed } from '../passed.js';
import { Outcome, type Tally } from '../tally.js';
import { Token } from '../tokens.js';
import { takeOver, type Walked } from '../walk/take-over.js';
import { Walk, type WalkHost } from '../walk/walk.js';
import { firstPosition, walkableUntil } from '../walk/walkable.js';
import type { ContainerHost } from './container-host.js';
import type { Entering } from './entering.js';
import { exitEdges } from './exit-edges.js';

/** What is needed of a container to go through its iterations. */
export interface BodyWalksOptions {
  readonly plan: RunPlan;
  readonly host: ContainerHost;
  readonly tally: Tally | undefined;
  /** What enters every iteration alike, by port of the entry. */
  readonly constants: ReadonlyMap<PortId, Entering>;
  /** Makes the frame of an iteration that has begun. */
  readonly frameOf: (index: number, book: NodeBook) => Frame;
}

/**
 * How far an iteration was gone through: `ended` when all of it is done; `begun` when a frame goes on with it, and `later` when
 * that waits for something; `none` when it has to be opened, and `turn` when the page is to have a turn before.
 */
export type Pass = 'ended' | 'begun' | 'later' | 'none' | 'turn';

/**
 * Goes through iterations of a body that need nothing but values, without a frame for each: they all use the same list. One
 * that needs more gets its frame in the midst of it, and goes on there as if it had begun there.
 */
export class BodyWalks {
  readonly #options: BodyWalksOptions;
  readonly #ports: readonly PortId[];
  readonly #first: number;
  readonly #end: number;
  #walker: Walker | undefined;
  /** Some of its functions end later, or are no functions. */
  #isOff: boolean;
  #isNoted = false;

  constructor(options: BodyWalksOptions) {
    this.#options = options;
    const { flow, scope } = options.plan;
    this.#ports = flow.types[flow.entry]?.outputs.map(({ id }) => id) ?? [];
    this.#first = firstPosition(flow);
    this.#end = this.#first + scope.length;
    this.#isOff = walkableUntil(options.plan) < this.#end;
  }

  /** Goes through an iteration, as far as that can be done. */
  pass(index: number, enter: (port: PortId) => Entering): Pass {
    const walker = this.#ready();
    if (!walker?.isEntered(index, this.#ports, this.#options.constants, enter)) return 'none';
    const { host } = this.#options;
    host.walks = this;
    const end = walker.walk.go();
    host.walks = undefined;
    if (end === 'end') {
      walker.hasEnded = true;
      host.reporter.countUnheard(2 + 2 * (this.#end - this.#first) + walker.unheard);
      this.#note(walker);
      return 'ended';
    }
    // It is the page's turn before anything was called.
    if (end === 'turn' && walker.walk.at === this.#first) return 'turn';
    const frame = walker.frame ?? this.#showFrame(walker);
    this.#walker = undefined;
    const { begun } = walker.walk;
    const isLater = begun !== undefined && 'result' in begun.outcome && isThenable(begun.outcome.result);
    // It will be so each time.
    if (isLater) this.#isOff = true;
    host.goOn(frame, begun);
    return isLater ? 'later' : 'begun';
  }

  /** What the iteration that has just ended gave at an inner input of the container; undefined when nothing. */
  given(port: PortId): Passed | undefined {
    const place = this.placeOf(port);
    return place < 0 ? undefined : { value: this.valueAt(place), summary: undefined };
  }

  /** Where the value for an inner input of the container is; -1 when no wire leads to it. */
  placeOf(port: PortId): number {
    const { flow, scope } = this.#options.plan;
    const edge = exitEdges(flow).get(port);
    if (edge === undefined) return -1;
    const { layout } = recipesOf(flow, scope);
    const start = layout.start[layout.positionOf(flow.edgeSource[edge] as number)] as number; // an edge of the flow
    return start + (flow.edgeOutput[edge] as number);
  }

  /** A value of the iteration that has just ended. */
  valueAt(place: number): unknown {
    return this.#walker?.book.record.values[place];
  }

  /** Gives the iteration whose function runs its frame, because somebody looks. */
  show(): void {
    const walker = this.#walker;
    if (!walker || walker.frame) return;
    walker.walk.isStopped = true;
    walker.frame = this.#showFrame(walker);
  }

  /** Whether the values of an iteration that has ended are there. */
  get hasLast(): boolean {
    return this.#walker?.hasEnded ?? false;
  }

  /** The iteration that ended last, as a frame; undefined when none has. */
  takeLast(): Frame | undefined {
    const walker = this.#walker;
    if (!walker?.hasEnded) return undefined;
    this.#walker = undefined;
    const frame = this.#settled(walker);
    frame.isOver = true;
    return frame;
  }

  /** Lets go of the values of the iteration that ended last. */
  clear(): void {
    this.#walker = undefined;
  }

  #ready(): Walker | undefined {
    const { host, plan } = this.#options;
    if (this.#isOff || !host.mayWalk) return undefined;
    if (!this.#walker) {
      const callees = host.calleesOf(plan);
      if (!callees) {
        this.#isOff = true;
        return undefined;
      }
      this.#walker = new Walker(plan, callees, host, [this.#first, this.#end]);
    }
    return this.#walker;
  }

  /** Makes the frame of the present iteration, which goes on. */
  #showFrame(walker: Walker): Frame {
    const frame = this.#settled(walker);
    this.#options.host.wake(frame);
    return frame;
  }

  #settled(walker: Walker): Frame {
    const { host, frameOf, plan } = this.#options;
    const frame = frameOf(walker.index, walker.book);
    frame.tokens.emit(plan.flow.entry, Token.value, plan.flow.entry);
    const events = takeOver(frame, walker.walked());
    if (!walker.hasEnded) host.reporter.countUnheard(1 + events);
    this.#note(walker);
    return frame;
  }

  /** Notes the ends of nodes in this iteration for those over all. */
  #note({ walk, book }: Walker): void {
    const { tally } = this.#options;
    if (!tally || this.#isNoted) return;
    const { nodes } = book.record.layout;
    for (let position = this.#first; position < walk.at; position++) {
      tally.note(nodes[position] as number, Outcome.success, 0); // typed arrays of fixed length
    }
    this.#isNoted = walk.at === this.#end;
  }
}

/** Goes through one iteration after another, all with the same list of values. */
class Walker implements WalkHost {
  readonly direct: DirectExecution;
  readonly book: NodeBook;
  readonly walk: Walk;
  index = 0;
  hasEnded = false;
  /** The frame that the present iteration has got. */
  frame: Frame | undefined;
  /** What nodes of the present iteration have said before that. */
  unheard = 0;
  readonly #inputs: DirectInputs;
  readonly #host: ContainerHost;

  constructor(plan: RunPlan, { direct, codes }: Callees, host: ContainerHost, range: readonly [number, number]) {
    this.direct = direct;
    this.book = NodeBook.ofFrame(plan, (refs) => host.values.release(refs));
    this.book.record.heldBy(direct);
    this.#host = host;
    this.#inputs = new DirectInputs(plan);
    const [start, end] = range;
    const { values } = this.book.record;
    this.walk = new Walk({ recipes: recipesOf(plan.flow, plan.scope), values, codes, start, end }, this);
  }

  walked(): Walked {
    const { at, isGoing, begun } = this.walk;
    return { until: at, atWork: isGoing || begun ? at : undefined, later: [], said: this.unheard };
  }

  /** Begins an iteration with what enters it; false when that is not all there, and of this realm. */
  isEntered(
    index: number,
    ports: readonly PortId[],
    constants: ReadonlyMap<PortId, Entering>,
    enter: (port: PortId) => Entering,
  ): boolean {
    const { values, layout } = this.book.record;
    for (let place = 0; place < layout.size; place++) values[place] = NOTHING;
    values[0] = undefined;
    this.hasEnded = false;
    for (let place = 0; place < ports.length; place++) {
      const port = ports[place] as PortId; // within the bounds of the loop
      const entering = constants.get(port) ?? enter(port);
      if ('token' in entering || entering.summary) return false;
      values[place] = entering.value;
    }
    this.index = index;
    this.unheard = 0;
    this.walk.restart();
    return true;
  }

  inputsOf(position: number): Record<PortId, unknown> {
    return this.#inputs.ofValues(position, this.book.record);
  }

  said(position: number, said: Said): void {
    const { frame } = this;
    if (frame) this.#host.onCallSaid(frame, this.book.record.layout.nodes[position] as number, said);
    else this.unheard++;
  }
}
