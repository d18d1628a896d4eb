import type { InputDeclaration, OutputDeclaration } from '@loom/engine';
import type { PortId } from '@loom/graph';
import { ItemStream } from '../reference/token.js';
import { numberOf, plainValue } from './plain-value.js';

/** What a function of a fuzz flow gives: values by port, and what it leaves out is skipped. */
export type Given = Readonly<Record<PortId, unknown>>;

/**
 * A small deterministic function with its ports. Throwing fails the node. A stream is given as `ItemStream`, with a failure
 * where it breaks off, and received as a list.
 */
export interface Behaviour {
  readonly inputs: Readonly<Record<PortId, InputDeclaration>>;
  readonly outputs: Readonly<Record<PortId, OutputDeclaration>>;
  /** Whether it may be tried again. */
  readonly pure?: boolean;
  readonly behave: (inputs: Given) => Given;
}

/** What behaves throws when it fails as it should. */
export class MeantToFail extends Error {
  override readonly name = 'MeantToFail';
}

const ANYTHING = { type: 'any', default: 1 } as const;

/** The functions of fuzz flows, by name. All take any values. */
export const behaviours = {
  constant: {
    inputs: { value: { type: 'json', default: 0 } },
    outputs: { out: 'any' },
    pure: true,
    behave: ({ value }) => ({ out: plainValue(value) }),
  },
  flag: {
    inputs: { value: { type: 'any', default: true } },
    outputs: { out: 'bool' },
    behave: ({ value }) => ({ out: value === true }),
  },
  add: {
    inputs: { a: ANYTHING, b: ANYTHING },
    outputs: { out: 'any' },
    pure: true,
    behave: ({ a, b }) => ({ out: (numberOf(a) + numberOf(b)) % 1000 }),
  },
  join: {
    inputs: { in: { type: 'any', multiple: true, required: false } },
    outputs: { out: 'any' },
    behave: ({ in: items = 'absent' }) => ({ out: plainValue(items) }),
  },
  isEven: {
    inputs: { x: ANYTHING },
    outputs: { out: 'bool' },
    behave: ({ x }) => ({ out: numberOf(x) % 2 === 0 }),
  },
  isSmall: {
    inputs: { x: ANYTHING, limit: { type: 'any', default: 3 } },
    outputs: { out: 'bool' },
    behave: ({ x, limit }) => ({ out: numberOf(x) < numberOf(limit) }),
  },
  failsOnOdd: {
    inputs: { x: ANYTHING },
    outputs: { out: 'any' },
    pure: true,
    behave: ({ x }) => {
      if (numberOf(x) % 2 !== 0) throw new MeantToFail('It was odd.');
      return { out: plainValue(x) };
    },
  },
  skipsOdd: {
    inputs: { x: ANYTHING },
    outputs: { out: 'any' },
    behave: ({ x }): Given => (numberOf(x) % 2 === 0 ? { out: plainValue(x) } : {}),
  },
  parts: {
    inputs: { x: ANYTHING },
    outputs: { even: 'any', odd: 'any', both: 'any' },
    behave: ({ x }) => ({ [numberOf(x) % 2 === 0 ? 'even' : 'odd']: plainValue(x), both: numberOf(x) }),
  },
  range: {
    inputs: { n: { type: 'any', default: 2 } },
    outputs: { out: 'list<any>' },
    behave: ({ n }) => ({ out: upTo(n) }),
  },
  given: {
    inputs: { needed: 'any', maybe: { type: 'any', required: false }, usual: { type: 'any', default: 5 } },
    outputs: { out: 'any' },
    behave: ({ needed, maybe = 'absent', usual = 'absent' }) => ({ out: plainValue([needed, maybe, usual]) }),
  },
  total: {
    inputs: { items: { type: 'list<any>', default: [] } },
    outputs: { out: 'any' },
    behave: ({ items }) => ({ out: numberOf(items) }),
  },
  emit: {
    inputs: { n: { type: 'any', default: 3 } },
    outputs: { out: 'stream<any>' },
    behave: ({ n }) => ({ out: new ItemStream(upTo(n)) }),
  },
  emitAndFail: {
    inputs: { n: { type: 'any', default: 2 } },
    outputs: { out: 'stream<any>' },
    behave: ({ n }) => ({ out: new ItemStream(upTo(n), { blames: new Set() }) }),
  },
  readAll: {
    inputs: { items: { type: 'stream<any>', default: [] } },
    outputs: { out: 'any' },
    behave: ({ items }) => ({ out: plainValue(items) }),
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

/** A short list of small numbers. */
function upTo(value: unknown): number[] {
  return Array.from({ length: Math.abs(numberOf(value)) % 4 }, (_, i) => i);
}

export type BehaviourName = keyof typeof behaviours;
