import type { FlowDocument, Library } from '@loom/graph';
import { compileBodies } from './bodies.js';
import type { CompiledFlow } from './compiled-flow.js';

const cache = new WeakMap<FlowDocument, { readonly library: Library; readonly flow: CompiledFlow }>();

/** The compiled form of a document, cached by its identity. Edges whose ends do not exist are left out. */
export function compileFlow(document: FlowDocument, library: Library): CompiledFlow {
  const known = cache.get(document);
  if (known?.library === library) return known.flow;
  const flow = compileBodies({ document, graph: document, library });
  cache.set(document, { library, flow });
  return flow;
}
