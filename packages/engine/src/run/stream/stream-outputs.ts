import { EdgeMode } from '../../flow/compiled-flow.js';
import { ELSEWHERE } from '../../plan/place-marks.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import { type RunValues, writeGiven } from '../run-values.js';
import { Phase, Token } from '../tokens.js';
import { Channel, type ChannelBounds, type ChannelEnd, type ChannelReader } from './channel.js';
import { iterateReader } from './iterate-reader.js';

/** What streams need of their run. */
export interface StreamHost {
  readonly values: RunValues;
  readonly streamBounds: ChannelBounds;
  /** Whether a node is called in this realm. */
  isCalledHere(frame: Frame, node: number): boolean;
  /** Goes on after something was waited for. */
  turn(act?: () => void): void;
}

/**
 * The outputs of a node that gives streams: a channel for each, and a reader for each wire. Wires that want all items at once
 * get their token at the end, all others at the beginning.
 */
export class StreamOutputs {
  /** By place of the output; undefined for outputs that are single values. */
  readonly channels: (Channel | undefined)[] = [];
  readonly #frame: Frame;
  readonly #node: number;
  readonly #host: StreamHost;
  readonly #collects: { readonly edge: number; readonly reader: ChannelReader }[] = [];
  readonly #last: (Passed | undefined)[] = [];
  #open = 0;
  #pending = 0;
  #isReleased = false;
  #onEnded: () => void = () => {};

  constructor(frame: Frame, node: number, host: StreamHost, isStream: (place: number) => boolean) {
    this.#frame = frame;
    this.#node = node;
    this.#host = host;
    (frame.flow.types[node]?.outputs ?? []).forEach((port, place) => {
      if (port.inner || !isStream(place)) return;
      this.channels[place] = new Channel(host.values, host.streamBounds);
      this.#open++;
    });
  }

  /** Puts tokens on the wires; `tokenOf` is asked for outputs that are no streams. `onEnded` hears that all is over. */
  begin(tokenOf: (place: number) => Token, onEnded: () => void): void {
    const { flow, tokens } = this.#frame;
    this.#onEnded = onEnded;
    const end = flow.outStart[this.#node + 1] as number; // typed arrays of fixed length
    const edges = flow.outEdges.subarray(flow.outStart[this.#node] as number, end);
    // First every wire has its reader, so that nobody misses the first item.
    for (const edge of edges) this.#connect(edge);
    for (const edge of edges) {
      const channel = this.channels[flow.edgeOutput[edge] as number];
      if (!channel) tokens.put(edge, tokenOf(flow.edgeOutput[edge] as number), this.#node);
      else if (!this.#collects.some((each) => each.edge === edge)) tokens.put(edge, Token.value, this.#node);
    }
    // Who has ended before the stream began has left it.
    for (const edge of edges) {
      const phase = tokens.phase[flow.edgeTarget[edge] as number] as Phase;
      if (phase >= Phase.success) this.#frame.readers.get(edge)?.close();
    }
    this.#frame.host.wake(this.#frame);
  }

  /** Gives an item, which belongs to the stream then. Nothing may end before that is done: readers make room at once. */
  push(place: number, item: Passed): void {
    const before = this.#last[place];
    this.#last[place] = item;
    if (before?.summary) this.#host.values.release([before.summary.ref]);
    this.channels[place]?.push(item);
  }

  /** Ends one output. */
  end(place: number, end: ChannelEnd): void {
    const channel = this.channels[place];
    if (!channel || channel.end) return;
    channel.close(end);
    this.#open--;
    for (const { edge, reader } of this.#collects) {
      if (this.#frame.flow.edgeOutput[edge] === place) this.#collect(edge, reader, end);
    }
    this.#checkEnded();
  }

  endAll(end: ChannelEnd): void {
    for (let place = 0; place < this.channels.length; place++) this.end(place, end);
  }

  /** How many items may be given at each output. */
  get room(): number {
    let room = Number.POSITIVE_INFINITY;
    for (const channel of this.channels) if (channel) room = Math.min(room, channel.room);
    return room;
  }

  /** True when everybody who read has gone. */
  get isAbandoned(): boolean {
    const channels = this.channels.filter((channel) => channel !== undefined);
    return (
      channels.some(({ readers }) => readers.length > 0) &&
      channels.every((channel) => channel.isAbandoned || channel.readers.length === 0)
    );
  }

  set onRoom(callback: () => void) {
    for (const channel of this.channels) if (channel) channel.onRoom = callback;
  }

  /** Writes the last items down as the outputs of the node, those of single values beside them. */
  keepLast(single: (place: number) => Passed | undefined): void {
    const ports = this.#frame.flow.types[this.#node]?.outputs ?? [];
    const kept = ports.map((_, place) => (this.channels[place] ? this.#last[place] : single(place)));
    writeGiven(this.#frame, this.#node, this.#host.values.direct, kept);
    this.#last.length = 0;
  }

  /** Lets go of what nobody will take. */
  release(): void {
    this.#isReleased = true;
    for (const item of this.#last) if (item?.summary) this.#host.values.release([item.summary.ref]);
    this.#last.length = 0;
    for (const channel of this.channels) for (const reader of channel?.readers ?? []) reader.close();
  }

  #connect(edge: number): void {
    const frame = this.#frame;
    const channel = this.channels[frame.flow.edgeOutput[edge] as number];
    if (!channel) return;
    const target = frame.flow.edgeTarget[edge] as number; // an edge of the flow
    // What is not in the run reads nothing.
    if (frame.tokens.phase[target] === Phase.outside && target !== frame.flow.exit) return;
    const mode = frame.flow.edgeModes?.[edge];
    if (mode === EdgeMode.each || mode === EdgeMode.lazy) frame.readers.set(edge, channel.read('each'));
    else if (mode === EdgeMode.latest) frame.readers.set(edge, channel.read('latest'));
    else if (mode === EdgeMode.whole && this.#host.isCalledHere(frame, target)) {
      const reader = channel.read('each');
      frame.readers.set(edge, reader);
      frame.edgeValues.set(edge, {
        value: iterateReader(reader, this.#host.values, this.#host.turn.bind(this.#host)),
        summary: undefined,
      });
    } else {
      const reader = channel.read('all');
      frame.readers.set(edge, reader);
      this.#collects.push({ edge, reader });
    }
  }

  #collect(edge: number, reader: ChannelReader, end: ChannelEnd): void {
    const frame = this.#frame;
    if (end.kind !== 'done') {
      const [token, blame] = end.kind === 'failed' ? [Token.error, end.blame] : [Token.cancelled, this.#node];
      frame.tokens.put(edge, token, blame);
      frame.host.wake(frame);
      return;
    }
    const items = reader.takeAll();
    const target = frame.flow.edgeTarget[edge] as number;
    const put = (passed: Passed): void => {
      frame.edgeValues.set(edge, passed);
      frame.tokens.put(edge, Token.value, this.#node);
      frame.host.wake(frame);
    };
    if (items.every(({ summary }) => !summary)) {
      const list = items.map(({ value }) => value);
      const isHere = this.#host.values.direct === undefined || this.#host.isCalledHere(frame, target);
      if (isHere || frame.flow.containers?.has(target) || target === frame.flow.exit) {
        put({ value: list, summary: undefined });
        return;
      }
    }
    this.#pending++;
    const letGo = (others: readonly Passed[]): void => {
      this.#host.values.release([...items, ...others].flatMap(({ summary }) => (summary ? [summary.ref] : [])));
    };
    this.#host.values.gather(items).then(
      (summary) => {
        const list = { value: ELSEWHERE, summary };
        letGo(this.#isReleased ? [list] : []);
        this.#gathered(() => put(list));
      },
      () => {
        letGo([]);
        this.#gathered(() => frame.tokens.put(edge, Token.error, this.#node));
      },
    );
  }

  #gathered(act: () => void): void {
    // Nobody waits for it any more, and the frame may be another one by now.
    if (this.#isReleased) return;
    this.#host.turn(() => {
      this.#pending--;
      act();
      this.#checkEnded();
    });
  }

  #checkEnded(): void {
    if (this.#open === 0 && this.#pending === 0) this.#onEnded();
  }
}
