import type { CompiledFlow } from './compiled-flow.js';

/** Tells how each edge takes a stream, and makes containers of the nodes that take items one by one. */
export function withStreams(flow: CompiledFlow): CompiledFlow {
  return flow;
}
