import type { PortId } from '@loom/graph';
import { readCondition } from '../../breakpoint/condition.js';
import { faultFrom } from '../../fault.js';
import { givenLiteral } from '../../plan/blocked.js';
import type { Frame } from '../frame.js';
import { passedAlong, type RunValues } from '../run-values.js';

/** What conditions need of their run. */
export interface BreakpointHost {
  readonly values: RunValues;
}

/** Whether a breakpoint stops a node, and what is to be said about it. */
export interface BreakpointAnswer {
  readonly stops: boolean;
  readonly message?: string;
}

/** Asks the condition of a breakpoint. One that cannot be read or answered stops, and says why. */
export function breakpointAnswer(
  { values }: BreakpointHost,
  frame: Frame,
  node: number,
  text: string,
): BreakpointAnswer | Promise<BreakpointAnswer> {
  const condition = readCondition(text);
  if (!condition.ok) return { stops: true, message: condition.message };
  const path = frame.path?.map(({ index }) => index) ?? [];
  const decide = (inputs: Readonly<Record<PortId, unknown>>): BreakpointAnswer => {
    try {
      return { stops: condition.evaluate({ frame: path, inputs }) };
    } catch (thrown) {
      return { stops: true, message: faultFrom(thrown).message };
    }
  };
  if (condition.inputs.length === 0) return decide({});
  const known = condition.inputs.map((port) => [port, inputOf(values, frame, node, port)] as const);
  if (!known.some(([, value]) => value instanceof Promise)) return decide(Object.fromEntries(known));
  return Promise.all(known.map(async ([port, value]) => [port, await value] as const)).then(
    (settled) => decide(Object.fromEntries(settled)),
    (thrown) => ({ stops: true, message: faultFrom(thrown).message }),
  );
}

/** The value at an input; a list where several wires lead to it. */
function inputOf(values: RunValues, frame: Frame, node: number, port: PortId): unknown {
  const { flow, tokens, plan } = frame;
  const type = flow.types[node]?.inputs.find(({ id }) => id === port);
  const wired: unknown[] = [];
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    if (flow.edgeTargetPort[edge] === port && tokens.hasValue(edge)) wired.push(values.read(passedAlong(frame, edge)));
  }
  if (type?.multiple && wired.length > 0) {
    return wired.some((value) => value instanceof Promise) ? Promise.all(wired) : wired;
  }
  return wired.length > 0 ? wired[0] : (givenLiteral(flow, node, plan.overrides.get(node), port) ?? type?.default);
}
