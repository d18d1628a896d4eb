import {
  contentHash,
  type InputPort,
  type Json,
  type NodeContext,
  type NodeType,
  type OutputPort,
  type PortId,
  parsePortType,
  type Widget,
} from '@loom/graph';
import type { Skip } from './skip.js';

/** An input as written in {@link defineNode}; a text is short for its type. */
export type InputDeclaration =
  | string
  | {
      /** The text form of a port type, such as `list<number>`. @default 'any' */
      readonly type?: string;
      /** @default the port's id */
      readonly title?: string;
      readonly help?: string;
      /** @default true, unless there is a default */
      readonly required?: boolean;
      readonly default?: Json;
      /** Takes several wires; the function receives a list in edge order. */
      readonly multiple?: boolean;
      readonly widget?: Widget;
    };

/** An output as written in {@link defineNode}; a text is short for its type. */
export type OutputDeclaration = string | { readonly type?: string; readonly title?: string; readonly help?: string };

type TypeText<Declaration> = Declaration extends string
  ? Declaration
  : Declaration extends { readonly type: infer Text }
    ? Text
    : 'any';

type ScalarOf<Text> = Text extends 'number' | 'int'
  ? number
  : Text extends 'string'
    ? string
    : Text extends 'bool'
      ? boolean
      : Text extends 'bytes'
        ? Uint8Array
        : Text extends 'file'
          ? Blob
          : Text extends 'json'
            ? Json
            : unknown;

type ItemOf<Text> = Text extends `list<${infer Item}>`
  ? readonly ScalarOf<Item>[]
  : Text extends `stream<${infer Item}>`
    ? Iterable<ScalarOf<Item>> | AsyncIterable<ScalarOf<Item>>
    : ScalarOf<Text>;

type Optional<Declaration> = Declaration extends { readonly default: Json }
  ? false
  : Declaration extends { readonly required: false }
    ? true
    : false;

type InputValue<Declaration> = Declaration extends { readonly multiple: true }
  ? readonly ItemOf<TypeText<Declaration>>[]
  : ItemOf<TypeText<Declaration>> | (Optional<Declaration> extends true ? undefined : never);

/** What the function of {@link defineNode} receives: types follow from the declarations, as far as these are simple. */
export type InputValues<Inputs> = { readonly [Port in keyof Inputs]: InputValue<Inputs[Port]> };

/** What the function of {@link defineNode} gives; `skip` for a port leaves it without a value. */
export type OutputValues<Outputs> = {
  readonly [Port in keyof Outputs]: ItemOf<TypeText<Outputs[Port]>> | Skip;
};

/** What {@link defineNode} takes. */
export interface NodeDefinition<
  Inputs extends Readonly<Record<PortId, InputDeclaration>>,
  Outputs extends Readonly<Record<PortId, OutputDeclaration>>,
> {
  /** Unique in the library, with the app's name before a slash: `shop/load-orders`. */
  readonly id: string;
  /** @default the part of the id after the last slash */
  readonly title?: string;
  readonly description?: string;
  /** Shelf path, such as `Data/Filter`. */
  readonly category?: string;
  /** @default 1 */
  readonly version?: number;
  /** Same inputs, same outputs, no effects. @default false */
  readonly pure?: boolean;
  /** Ports in the order in which they are drawn. */
  readonly inputs?: Inputs;
  readonly outputs?: Outputs;
  readonly run: (
    inputs: InputValues<Inputs>,
    context: NodeContext,
  ) => OutputValues<Outputs> | Skip | Promise<OutputValues<Outputs> | Skip>;
}

/**
 * Makes a node type of a function of the app.
 *
 * @throws LoomError `port-type/syntax` when a port type cannot be read.
 * @example
 * ```ts
 * const add = defineNode({
 *   id: 'shop/add',
 *   inputs: { a: 'number', b: { type: 'number', default: 1 } },
 *   outputs: { sum: 'number' },
 *   pure: true,
 *   run: ({ a, b }) => ({ sum: a + b }),
 * });
 * ```
 */
export function defineNode<
  const Inputs extends Readonly<Record<PortId, InputDeclaration>> = Record<never, never>,
  const Outputs extends Readonly<Record<PortId, OutputDeclaration>> = Record<never, never>,
>(definition: NodeDefinition<Inputs, Outputs>): NodeType {
  const { id, description, category, version = 1, pure = false, run } = definition;
  const title = definition.title ?? titleOf(id.slice(id.lastIndexOf('/') + 1));
  return {
    id,
    title,
    ...(description === undefined ? {} : { description }),
    ...(category === undefined ? {} : { category }),
    version,
    inputs: Object.entries<InputDeclaration>(definition.inputs ?? {}).map(([port, input]) => inputPort(port, input)),
    outputs: Object.entries<OutputDeclaration>(definition.outputs ?? {}).map(([port, output]) =>
      outputPort(port, output),
    ),
    pure,
    implementation: {
      kind: 'function',
      language: 'javascript',
      // Values are checked against ports when wires are connected; the function sees what the declarations promise.
      run: run as unknown as Extract<NodeType['implementation'], { kind: 'function' }>['run'],
      revision: contentHash(`${id}\n${version}\n${run.toString()}`),
    },
    problems: [],
  };
}

function inputPort(id: PortId, declaration: InputDeclaration): InputPort {
  const input = typeof declaration === 'string' ? { type: declaration } : declaration;
  const { type = 'any', title = titleOf(id), required, ...rest } = input;
  return { ...rest, id, title, type: parsePortType(type), required: required ?? !('default' in input) };
}

function outputPort(id: PortId, declaration: OutputDeclaration): OutputPort {
  const output = typeof declaration === 'string' ? { type: declaration } : declaration;
  const { type = 'any', title = titleOf(id), ...rest } = output;
  return { ...rest, id, title, type: parsePortType(type) };
}

/** `read-text`, `readText` and `read_text` are all `Read text`. */
function titleOf(id: string): string {
  const words = id
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1);
}
