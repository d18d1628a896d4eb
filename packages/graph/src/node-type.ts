import type { NodeSettings } from './document.js';
import type { PortId, TypeId } from './id.js';
import type { Json, JsonObject } from './json.js';
import type { PortType } from './port-type.js';

/** How an input is edited in place, when its type alone does not say. */
export type Widget =
  | {
      readonly kind: 'slider';
      readonly min: number;
      readonly max: number;
      readonly step?: number;
      /** Stands behind the number, such as `mm`. */
      readonly unit?: string;
    }
  | {
      readonly kind: 'number';
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
      readonly unit?: string;
    }
  | { readonly kind: 'text'; readonly multiline?: boolean; readonly placeholder?: string }
  | { readonly kind: 'select'; readonly options: readonly SelectOption[] }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'json' }
  /** Text in the form of ISO 8601: `2026-11-20`. */
  | { readonly kind: 'date' }
  /** `09:30`, or with seconds. */
  | { readonly kind: 'time' }
  /** `2026-11-20T09:30`; with `zone` it says its distance from UTC, as in `2026-11-20T09:30:00+01:00`. */
  | { readonly kind: 'date-time'; readonly zone?: boolean }
  /** A colour as text: `#1c8046`. */
  | { readonly kind: 'color' }
  /** Fields for what a JSON Schema describes: objects, lists, choices. */
  | { readonly kind: 'form'; readonly schema: JsonObject }
  /** The value can only arrive over a wire. */
  | { readonly kind: 'none' }
  /** A widget of the app, by name. */
  | { readonly kind: 'custom'; readonly name: string };

/** One choice of a select. */
export interface SelectOption {
  readonly value: string | number | boolean | null;
  readonly title?: string;
}

/** An input of a node type. */
export interface InputPort {
  readonly id: PortId;
  readonly title: string;
  readonly type: PortType;
  readonly help?: string;
  /** True when the node cannot run without a wire or a literal here. */
  readonly required: boolean;
  /** What is used when nothing is given, as far as it can be written as JSON; shown, never stored. */
  readonly default?: Json;
  /** Takes several wires; the node receives a list in edge order. */
  readonly multiple?: boolean;
  readonly widget?: Widget;
  /** Faces the body of a zone: wires from body nodes end here. */
  readonly inner?: boolean;
}

/** An output of a node type. */
export interface OutputPort {
  readonly id: PortId;
  readonly title: string;
  readonly type: PortType;
  readonly help?: string;
  /** Faces the body of a zone: wires to body nodes begin here. */
  readonly inner?: boolean;
}

/** What a host function may do while it runs. */
export interface NodeContext {
  /** Aborts when the run is cancelled or times out. */
  readonly signal: AbortSignal;
  /** Reports progress from 0 to 1. */
  progress(fraction: number, message?: string): void;
  /** Gives the items of something, for `for` or `for await`, and reports along the way. */
  progress<Items extends Iterable<unknown> | AsyncIterable<unknown>>(
    items: Items,
    message?: string,
    total?: number,
  ): Items;
  /** Tells a number by name, such as a loss: the values of a name make a curve. Without a step they are counted from 0. */
  metric(name: string, value: number, step?: number): void;
  /** Writes a line to the log of this node. */
  log(...parts: readonly unknown[]): void;
  /** Reads a file that the app makes available, such as `data/penguins.json`. */
  readFile(path: string): Promise<Uint8Array>;
  /**
   * Takes new values of a live parameter while the function runs, also while a stream that it gave goes on. The handler
   * may throw a reason not to take one. One handler for each name, the last; returns how to end it.
   */
  onParameter(name: string, handler: (value: Json) => unknown): () => void;
  /**
   * What a live parameter is now: the initial value until somebody sets it. Read it again and again. Only values of the
   * same kind (boolean, number, text; anything else takes all) are taken.
   */
  param<Value extends Json>(name: string, initial: Value): Value;
  /** Asks the user and waits for the answer. Rejects with `node/no-answer` when there is none, and when the call is stopped. */
  ask(prompt?: string): Promise<string>;
}

/** A function of the app. Receives values by input port, gives values by output port. */
export type NodeFunction = (
  inputs: Readonly<Record<PortId, unknown>>,
  context: NodeContext,
) => Readonly<Record<PortId, unknown>> | Promise<Readonly<Record<PortId, unknown>>>;

/**
 * What performs a node. `revision` changes whenever the behaviour may have changed: executors cache by it.
 * A `missing` type is a placeholder for one that is not installed; it keeps ports and values, and never runs.
 */
export type Implementation =
  | {
      readonly kind: 'source';
      readonly language: 'python' | 'javascript';
      readonly source: string;
      /** The function to call. In JavaScript `default`. */
      readonly entry: string;
      readonly revision: string;
      /** What the function's result is taken apart into. `single`: one output port gets it whole. */
      readonly returns: 'none' | 'single' | 'mapping' | 'sequence';
    }
  | {
      readonly kind: 'function';
      readonly language: 'javascript';
      readonly run: NodeFunction;
      readonly revision: string;
    }
  | { readonly kind: 'subgraph'; readonly revision: string }
  /** Repeats its body; the settings of the node say how. */
  | { readonly kind: 'zone'; readonly revision: string }
  /** Routes values without looking into them. The engine does it itself, wherever the values are. */
  | { readonly kind: 'control'; readonly control: 'branch' | 'switch' | 'merge'; readonly revision: string }
  /** Fires when something happens outside; `source` names who tells. */
  | { readonly kind: 'event'; readonly source: string; readonly revision: string }
  | { readonly kind: 'missing' };

/** A fault in a type's own definition, such as a syntax error in its source. Lines and columns start at 1. */
export interface TypeProblem {
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** The definition of a node: its ports, its documentation and what performs it. */
export interface NodeType {
  readonly id: TypeId;
  readonly title: string;
  readonly description?: string;
  /** Shelf path, such as `Data/Filter`. */
  readonly category?: string;
  readonly version: number;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  /** Same inputs, same outputs, no effects: only then may a persistent cache serve it. */
  readonly pure: boolean;
  /** Running it twice does no harm: only then is it ever tried again. Pure types are. */
  readonly idempotent?: boolean;
  /** What a new node of this type starts with. Its join policy also holds where a node says nothing. */
  readonly settings?: NodeSettings;
  readonly implementation: Implementation;
  readonly problems: readonly TypeProblem[];
}
