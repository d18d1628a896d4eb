import type { Json } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { givenLiteral, type Overrides } from '../plan/blocked.js';
import type { BypassRoute } from '../plan/bypass.js';
import { Token, type Tokens } from './tokens.js';

/** What handing on past nodes looks at. */
export interface BypassFrame {
  readonly flow: CompiledFlow;
  readonly tokens: Tokens;
  readonly plan: { readonly overrides: Overrides };
}

/** What an output of a bypassed node hands on: what an edge brings, a literal, or a token without a value. */
export type PassedBy = Exclude<BypassRoute, { kind: 'skip' }> | { readonly kind: 'token'; readonly token: Token };

/** What each output of a bypassed node hands on, by place, now that its wires have their tokens. */
export function passedBy(frame: BypassFrame, node: number, routes: readonly BypassRoute[]): PassedBy[] {
  const { tokens } = frame;
  return routes.map((route): PassedBy => {
    if (route.kind === 'literal' || (route.kind === 'edge' && tokens.hasValue(route.edge))) return route;
    if (route.kind === 'skip') return { kind: 'token', token: Token.skipped };
    const own = tokens.isNone(route.edge) ? ownLiteral(frame, node, route.edge) : undefined;
    return own === undefined ? { kind: 'token', token: tokens.skipOf(route.edge) } : { kind: 'literal', value: own };
  });
}

/** What the output at a place carries. */
export function tokenOfPassed(outputs: readonly PassedBy[]): (place: number) => Token {
  return (place) => {
    const output = outputs[place];
    if (!output) return Token.skipped;
    return output.kind === 'token' ? output.token : Token.value;
  };
}

/** The wire for which a bypassed node counts as skipped: the worst of those that it hands on, when none brings a value. */
export function wireToBlame(frame: BypassFrame, node: number, routes: readonly BypassRoute[]): number | undefined {
  if (passedBy(frame, node, routes).some(({ kind }) => kind !== 'token')) return undefined;
  let worst: number | undefined;
  for (const route of routes)
    if (route.kind === 'edge' && !frame.tokens.isNone(route.edge)) worst = frame.tokens.worseOf(worst, route.edge);
  return worst;
}

/** Where an instance brings nothing, an input has what it has by itself. */
function ownLiteral({ flow, plan }: BypassFrame, node: number, edge: number): Json | undefined {
  return givenLiteral(flow, node, plan.overrides.get(node), flow.edgeTargetPort[edge] as string); // an edge of the flow
}
