import { skip } from '@loom/engine';
import { type Behaviour, type Given, ItemStream, MeantToFail, type Perform } from '@loom/testing';
import type { Turns } from './turns.js';

/**
 * How the functions of a run are performed: at once, or when the turns let them. Some hear their signal, some go on and
 * give late what nobody wants.
 */
export function performWith(turns: () => Turns, ignoresSignal: () => boolean): Perform {
  const outputsOf = (behaviour: Behaviour, given: Given, isLater: boolean, signal: AbortSignal): Given => {
    const ports = Object.keys(behaviour.outputs).map((port): [string, unknown] => {
      const value = port in given ? given[port] : skip;
      if (!(value instanceof ItemStream)) return [port, value];
      return [port, isLater ? laterItems(value, turns(), signal) : items(value)];
    });
    return Object.fromEntries(ports);
  };
  return (manner, behaviour, inputs, signal) => {
    if (manner === 'now' && !readsStreams(behaviour))
      return outputsOf(behaviour, behaviour.behave(inputs), false, signal);
    return (async () => {
      const whole = readsStreams(behaviour) ? await collectStreams(behaviour, inputs) : inputs;
      if (manner !== 'now') await turns().wait(ignoresSignal() ? undefined : signal);
      return outputsOf(behaviour, behaviour.behave(whole), manner !== 'now', signal);
    })();
  };
}

function readsStreams({ inputs }: Behaviour): boolean {
  return Object.values(inputs).some((input) => typeof input === 'object' && input.type?.startsWith('stream'));
}

async function collectStreams({ inputs }: Behaviour, given: Given): Promise<Given> {
  const collected: Record<string, unknown> = { ...given };
  for (const [port, input] of Object.entries(inputs)) {
    if (typeof input === 'string' || !input.type?.startsWith('stream') || !(port in given)) continue;
    const all: unknown[] = [];
    if (!isIterable(given[port])) continue;
    for await (const item of given[port]) all.push(item);
    collected[port] = all;
  }
  return collected;
}

function* items({ items: all, failure }: ItemStream): Generator<unknown> {
  yield* all;
  if (failure) throw new MeantToFail('It broke off.');
}

async function* laterItems(stream: ItemStream, turns: Turns, signal: AbortSignal): AsyncGenerator<unknown> {
  for (const item of items(stream)) {
    await turns.wait(signal);
    yield item;
  }
}

function isIterable(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}
