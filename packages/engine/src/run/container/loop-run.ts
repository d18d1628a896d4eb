import { carriedPorts, LoomError, type PortId, zoneCarried } from '@loom/graph';
import type { RepeatingZone } from '../../flow/compiled-flow.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import { Token } from '../tokens.js';
import { BodyRun, type BodyRunOptions } from './body-run.js';
import { literal } from './container-inputs.js';
import type { Entering } from './entering.js';
import { exitEdges } from './exit-edges.js';
import { type FrameError, frameFailed } from './frame-error.js';

/** Iterations at most, when nothing else is asked for. */
const LIMIT = 1000;

type Loop = Exclude<RepeatingZone, { kind: 'for-each' }>;

/** Runs the body again and again, one iteration after another; what is carried goes from each to the next. */
export class LoopRun extends BodyRun {
  readonly #zone: Loop;
  readonly #carried = new Map<PortId, Passed>();
  readonly #errors: { index: number; node: string; code: string; message: string }[] = [];
  /** The same by the ports at which they enter. */
  readonly #current = new Map<PortId, Passed>();
  #iterations = 0;
  #isIterating = false;
  /** Another iteration is to begin. */
  #isDue = false;
  #times = Number.POSITIVE_INFINITY;

  constructor(options: BodyRunOptions, zone: Loop) {
    super(options);
    this.#zone = zone;
  }

  protected begin(): void {
    for (const port of Object.keys(zoneCarried(this.#zone))) this.#carry(port, this.input(port) ?? literal(null));
    if (this.#zone.kind === 'while') {
      this.#readBool('start', this.input('start') ?? literal(true), (start) => {
        if (start) this.#iterate();
        else this.#finish();
      });
      return;
    }
    this.after(this.host.values.read(this.input('times') ?? literal(0)), (times) => {
      if (typeof times !== 'number' || !Number.isInteger(times) || times < 0) {
        throw new LoomError('zone/not-a-count', `"Times" needs a whole number from 0 on, and this is ${show(times)}.`);
      }
      this.#times = times;
      this.#iterate();
    });
  }

  protected ended(frame: Frame, error: FrameError | undefined): void {
    // A continue that was skipped ends the loop; one that an error took leaves nothing to go by.
    if (error && (this.#zone.onError !== 'collect' || this.#hasLostContinue(frame))) {
      this.fail(frameFailed(frame.index, error));
      return;
    }
    this.#take(frame.index, (port) => this.given(frame, port), error);
  }

  #hasLostContinue({ tokens }: Frame): boolean {
    const edge = exitEdges(this.body).get('continue');
    return edge !== undefined && tokens.without(edge) === Token.error;
  }

  #take(index: number, givenAt: (port: PortId) => Passed | undefined, error: FrameError | undefined): void {
    const goesOn = givenAt('continue');
    if (error) {
      const { code, message } = error.error;
      this.#errors.push({ index, node: error.node, code, message });
    } else {
      for (const port of [...this.#carried.keys()]) {
        const next = givenAt(carriedPorts(port).next);
        if (next) this.#carry(port, next);
      }
    }
    if (goesOn === undefined && exitEdges(this.body).has('continue')) {
      this.#finish();
      return;
    }
    this.#readBool('continue', goesOn ?? this.input('continue') ?? literal(true), (more) => {
      if (more) this.#iterate();
      else this.#finish();
    });
  }

  protected override close(): void {
    for (const { summary } of this.#carried.values()) if (summary) this.host.values.release([summary.ref]);
    this.#carried.clear();
    this.#current.clear();
    super.close();
  }

  /** Goes on to the next iteration. Those that are walked through end at once: then it is called again while it is at work. */
  #iterate(): void {
    this.#isDue = true;
    if (this.#isIterating) return;
    this.#isIterating = true;
    try {
      while (this.#isDue && !this.isOver && !this.isStopped) {
        this.#isDue = false;
        this.#next();
      }
    } finally {
      this.#isIterating = false;
    }
  }

  #next(): void {
    const index = this.#iterations;
    if (index >= this.#times) {
      this.#finish();
      return;
    }
    const { limit = LIMIT } = this.#zone;
    if (limit >= 0 && index >= limit) {
      const way = 'Raise the limit in its settings, or set it to -1 for none.';
      throw new LoomError('zone/limit', `The zone has reached its limit of ${limit} iterations. ${way}`);
    }
    const enter = (port: PortId): Entering => {
      if (port === 'index') return literal(index);
      return this.#current.get(port) ?? { token: Token.skipped };
    };
    const how = this.walk(index, enter);
    if (how === 'turn') {
      this.afterTurn(() => this.#iterate());
      return;
    }
    this.#iterations++;
    if (how === 'ended') this.#take(index, (port) => this.walks.given(port), undefined);
    else if (how === 'none') this.open(index, enter);
  }

  #finish(): void {
    const outputs = new Map<PortId, Passed>(this.#carried);
    outputs.set('iterations', literal(this.#iterations));
    if (this.#zone.onError === 'collect') outputs.set('errors', literal(this.#errors));
    // The node holds them from now on.
    for (const { summary } of this.#carried.values()) if (summary) this.host.values.retain([summary.ref]);
    this.succeed(outputs);
  }

  #carry(port: PortId, value: Passed): void {
    const before = this.#carried.get(port);
    if (value.summary) this.host.values.retain([value.summary.ref]);
    this.#carried.set(port, value);
    this.#current.set(carriedPorts(port).current, value);
    if (before?.summary) this.host.values.release([before.summary.ref]);
  }

  #readBool(port: PortId, passed: Passed, then: (value: boolean) => void): void {
    this.after(this.host.values.read(passed), (value) => {
      if (typeof value === 'boolean') then(value);
      else throw new LoomError('zone/not-a-bool', `"${port}" needs true or false, and this is ${show(value)}.`);
    });
  }
}

function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return typeof value === 'string' ? `the text "${value.slice(0, 40)}"` : `of the kind ${typeof value}`;
}
