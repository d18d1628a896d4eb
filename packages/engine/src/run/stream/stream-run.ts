import type { DirectItems } from '../../executor.js';
import { faultFrom } from '../../fault.js';
import type { NodeError } from '../../node-error.js';
import { NodeFault } from '../../node-fault.js';
import { ELSEWHERE } from '../../plan/place-marks.js';
import type { OutputSummary } from '../../value.js';
import { blamed } from '../blame.js';
import type { ContainerRun } from '../container/container-run.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import { placedAt } from '../run-values.js';
import { Token } from '../tokens.js';
import { brokenStream } from './broken-stream.js';
import type { ChannelEnd } from './channel.js';
import { type StreamHost, StreamOutputs } from './stream-outputs.js';

/** Items that are asked for at once. */
const MOST_AT_ONCE = 64;

/** Items that came from a stream. */
interface Taken {
  readonly items: readonly Passed[];
  readonly isDone: boolean;
}

/** A node whose function gave streams: asks for their items as long as somebody has room, and ends when they have ended. */
export class StreamRun implements ContainerRun<Frame> {
  readonly #frame: Frame;
  readonly #node: number;
  readonly #host: StreamHost;
  readonly #outputs: StreamOutputs;
  readonly #given: (Passed | undefined)[];
  readonly #abort = new AbortController();
  readonly #sources: (DirectItems | undefined)[] = [];
  /** Places that are being asked for items. */
  readonly #asked = new Set<number>();
  readonly #durationMs: number;
  readonly #startedAt = performance.now();
  readonly #from: number[] = [];
  #ending: ChannelEnd | undefined;
  #isPushing = false;
  #isOver = false;

  constructor(frame: Frame, node: number, host: StreamHost, durationMs: number) {
    this.#frame = frame;
    this.#node = node;
    this.#host = host;
    this.#durationMs = durationMs;
    const ports = frame.flow.types[node]?.outputs ?? [];
    this.#given = ports.map((_, place) => placedAt(frame, node, place));
    this.#outputs = new StreamOutputs(frame, node, host, (place) => {
      const given = this.#given[place];
      return ports[place]?.type.kind === 'stream' && given !== undefined;
    });
  }

  start(): void {
    this.#outputs.onRoom = () => this.#ask();
    this.#outputs.begin(
      (place) => (this.#given[place] === undefined ? Token.skipped : Token.value),
      () => this.#finish(),
    );
    if (this.#outputs.channels.some(Boolean)) this.#ask();
    else this.#finish();
  }

  stop(): void {
    this.#close({ kind: 'cancelled' });
  }

  timeOut(error: NodeError): void {
    this.#close({ kind: 'failed', error, blame: this.#node });
  }

  frames(): readonly Frame[] {
    return [];
  }

  abandon(): void {
    this.#isOver = true;
    this.#abort.abort();
    this.#closeSources();
    this.#outputs.release();
  }

  /** Asks for more where there is room. */
  #ask(): void {
    if (this.#isOver || this.#ending || this.#isPushing) return;
    if (this.#outputs.isAbandoned) {
      this.#close({ kind: 'done' });
      return;
    }
    this.#outputs.channels.forEach((channel, place) => {
      if (!channel || channel.end || this.#asked.has(place)) return;
      const room = Math.min(channel.room, MOST_AT_ONCE);
      if (room > 0) void this.#take(place, room);
    });
  }

  async #take(place: number, max: number): Promise<void> {
    this.#asked.add(place);
    let taken: Taken;
    try {
      taken = await this.#next(place, max);
    } catch (thrown) {
      const error = thrown instanceof NodeFault ? thrown.error : faultFrom(thrown);
      const blame = brokenStream(this.#frame, this.#node) ?? this.#node;
      this.#host.turn(() => this.#close({ kind: 'failed', error, blame }));
      return;
    }
    this.#host.turn(() => this.#took(place, taken));
  }

  #took(place: number, { items, isDone }: Taken): void {
    if (this.#isOver || this.#ending) {
      this.#host.values.release(items.flatMap(({ summary }) => (summary ? [summary.ref] : [])));
      return;
    }
    this.#from[place] = (this.#from[place] ?? 0) + items.length;
    try {
      this.#push(place, items);
    } catch (thrown) {
      // Too many items for who keeps them.
      this.#close({ kind: 'failed', error: faultFrom(thrown), blame: this.#node });
      return;
    }
    this.#asked.delete(place);
    if (isDone) this.#outputs.end(place, { kind: 'done' });
    this.#ask();
  }

  /** Readers that make room meanwhile are answered afterwards. */
  #push(place: number, items: readonly Passed[]): void {
    let given = 0;
    this.#isPushing = true;
    try {
      for (const item of items) {
        given++;
        this.#outputs.push(place, item);
      }
    } finally {
      this.#isPushing = false;
      const left = items.slice(given);
      this.#host.values.release(left.flatMap(({ summary }) => (summary ? [summary.ref] : [])));
    }
  }

  async #next(place: number, max: number): Promise<Taken> {
    const given = this.#given[place] as Passed; // only streams that were given are asked
    const options = { from: this.#from[place] ?? 0, max, signal: this.#abort.signal };
    if (given.summary) {
      const taken = await this.#host.values.take(given.summary.ref, options);
      return { items: taken.items.map((summary) => ({ value: ELSEWHERE, summary })), isDone: taken.isDone };
    }
    const source = this.#sources[place] ?? this.#host.values.itemsOf(given.value);
    this.#sources[place] = source;
    const { values, isDone } = await source.take(options);
    return { items: values.map((value) => ({ value, summary: undefined })), isDone };
  }

  #close(end: ChannelEnd): void {
    if (this.#isOver || this.#ending) return;
    this.#ending = end;
    this.#abort.abort();
    this.#closeSources();
    this.#outputs.endAll(end);
  }

  /** Ends the node, when all its streams have. */
  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { endings, host } = this.#frame;
    const durationMs = this.#durationMs + performance.now() - this.#startedAt;
    const end = this.#ending ?? { kind: 'done' };
    if (end.kind === 'done') {
      this.#outputs.keepLast((place) => this.#given[place]);
      endings.streamEnded(this.#node, durationMs);
    } else {
      this.#outputs.release();
      if (end.kind === 'cancelled') endings.streamCancelled(this.#node);
      else if (end.blame !== this.#node) {
        endings.streamSkipped(this.#node, { kind: 'upstream-error', node: blamed(this.#frame, end.blame) });
      } else {
        endings.streamFailed(this.#node, end.error, durationMs);
        host.onFailed(this.#frame);
      }
    }
    this.#releaseStreams();
  }

  #closeSources(): void {
    for (const source of this.#sources) source?.close();
  }

  /** The streams themselves are used up. */
  #releaseStreams(): void {
    const summaries: OutputSummary[] = [];
    this.#outputs.channels.forEach((channel, place) => {
      const summary = channel && this.#given[place]?.summary;
      if (summary) summaries.push(summary);
    });
    this.#host.values.release(summaries.map(({ ref }) => ref));
  }
}
