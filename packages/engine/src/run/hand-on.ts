import { type Json, LoomError, type PortId } from '@loom/graph';
import { faultFrom } from '../fault.js';
import type { NodeError } from '../node-error.js';
import { givenLiteral } from '../plan/blocked.js';
import type { BypassRoute } from '../plan/bypass.js';
import type { Decision } from '../plan/decision.js';
import type { PinnedValues } from '../plan/given.js';
import { passedBy, tokenOfPassed } from './bypassed.js';
import { freshJson } from './calls/fresh-json.js';
import type { Frame } from './frame.js';
import type { Passed } from './passed.js';
import { passedAlong, type RunValues, writeGiven } from './run-values.js';
import { Phase } from './tokens.js';

/** What handing on needs of its run. */
export interface HandOnHost {
  readonly values: RunValues;
  readonly reporter: { started(frame: Frame, node: number): void };
  /** True when the node comes again, because a value that it needs was lost and is being computed again. */
  recovers(frame: Frame, node: number, error: NodeError): boolean;
  /** Goes on after something was waited for. */
  turn(act?: () => void): void;
}

/** Does what the engine does itself, wherever the values are: branches, switches, merges, pinned and bypassed nodes. */
export function handOn(host: HandOnHost, frame: Frame, node: number, decision: Decision): void {
  try {
    if (decision.action === 'bypass') {
      passBy(host, frame, node, decision.routes);
      return;
    }
    const outputs = outputsOf(host, frame, node, decision);
    if (!(outputs instanceof Promise)) {
      finish(host, frame, node, outputs);
      return;
    }
    outputs.then(
      (settled) => resume(host, frame, node, () => finish(host, frame, node, settled)),
      (thrown) => resume(host, frame, node, () => fail(host, frame, node, thrown)),
    );
  } catch (thrown) {
    fail(host, frame, node, thrown);
  }
}

type HandedOn = ReadonlyMap<PortId, Passed>;

function outputsOf(host: HandOnHost, frame: Frame, node: number, decision: Decision): HandedOn | Promise<HandedOn> {
  if (decision.action === 'pinned') return pinned(frame, node, decision.values);
  const type = frame.flow.types[node];
  const control = type?.implementation.kind === 'control' ? type.implementation.control : undefined;
  switch (control) {
    case 'branch':
      return then(host.values.read(input(frame, node, 'condition')), (condition) => {
        if (typeof condition === 'boolean') return new Map([[String(condition), input(frame, node, 'value')]]);
        throw new LoomError('branch/not-a-bool', `A branch needs true or false, and this is ${show(condition)}.`);
      });
    case 'switch':
      return then(host.values.read(input(frame, node, 'case')), (value) => {
        if (value === null || !['string', 'number', 'boolean'].includes(typeof value)) {
          throw new LoomError(
            'switch/not-a-case',
            `A switch needs a text, a number or a flag, and this is ${show(value)}.`,
          );
        }
        const wanted = String(value);
        const isCase = frame.flow.nodes[node]?.settings?.cases?.includes(wanted) ?? false;
        return new Map([[isCase ? wanted : 'default', input(frame, node, 'value')]]);
      });
    case 'merge': {
      const [first] = wires(frame, node, 'values');
      return new Map(first ? [['value', first]] : []);
    }
    case undefined:
      throw new LoomError('engine/fault', `Nothing is to be handed on for "${decision.action}".`);
  }
}

/** The values that stand in for running a node. Whoever receives them may change them. */
function pinned(frame: Frame, node: number, values: PinnedValues): HandedOn {
  const outputs = new Map<PortId, Passed>();
  for (const { id } of frame.flow.types[node]?.outputs ?? []) {
    if (Object.hasOwn(values, id)) outputs.set(id, { value: freshJson(values[id] as Json), summary: undefined });
  }
  return outputs;
}

/** Hands on what a bypassed node gets. */
function passBy(host: HandOnHost, frame: Frame, node: number, routes: readonly BypassRoute[]): void {
  const outputs = passedBy(frame, node, routes);
  const given = outputs.map((output): Passed | undefined => {
    if (output.kind === 'token') return undefined;
    if (output.kind === 'edge') return passedAlong(frame, output.edge);
    // Whoever receives it may change it.
    return { value: freshJson(output.value), summary: undefined };
  });
  host.reporter.started(frame, node);
  write(host, frame, node, given);
  frame.endings.passedBy(node, given.every(Boolean) ? undefined : tokenOfPassed(outputs));
}

function fail(host: HandOnHost, frame: Frame, node: number, thrown: unknown): void {
  const error = faultFrom(thrown);
  if (host.recovers(frame, node, error)) return;
  host.reporter.started(frame, node);
  frame.fail(node, error, 0);
}

/** A node starts when what it hands on is known: until then it may have to wait for values that are lost. */
function finish(host: HandOnHost, frame: Frame, node: number, outputs: HandedOn): void {
  host.reporter.started(frame, node);
  const ports = frame.flow.types[node]?.outputs ?? [];
  const given = ports.map(({ id }) => outputs.get(id));
  write(host, frame, node, given);
  if (given.every(Boolean)) frame.endings.called(node, 0);
  else frame.endings.calledPartly(node, 0, (place) => given[place] !== undefined);
}

/** Writes down what a node gives, by place. */
function write({ values }: HandOnHost, frame: Frame, node: number, given: readonly (Passed | undefined)[]): void {
  // Two nodes have it now.
  values.retain(given.flatMap((output) => (output?.summary ? [output.summary.ref] : [])));
  writeGiven(frame, node, values.direct, given);
}

function resume(host: HandOnHost, frame: Frame, node: number, act: () => void): void {
  host.turn(() => {
    // It may have been cancelled meanwhile, and its frame may be another one by now.
    if (frame.tokens.phase[node] === Phase.running) act();
  });
}

/** What an input that takes one value is given. */
function input(frame: Frame, node: number, port: PortId): Passed {
  const [wired] = wires(frame, node, port);
  if (wired) return wired;
  const { flow, plan } = frame;
  const given = givenLiteral(flow, node, plan.overrides.get(node), port);
  const value = given === undefined ? flow.types[node]?.inputs.find(({ id }) => id === port)?.default : given;
  return { value: value ?? null, summary: undefined };
}

/** What comes by the wires of an input, in their order. */
function wires(frame: Frame, node: number, port: PortId): Passed[] {
  const { flow, tokens } = frame;
  const found: Passed[] = [];
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    if (flow.edgeTargetPort[edge] === port && tokens.hasValue(edge)) found.push(passedAlong(frame, edge));
  }
  return found;
}

function then<T, Result>(value: T | Promise<T>, next: (value: T) => Result): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}

function show(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? `the text "${value.slice(0, 40)}"` : `of the kind ${typeof value}`;
}
