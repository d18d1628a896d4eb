import type { NodeId } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';
import { makeSubgraph, unpackSubgraph } from './make-subgraph.js';

/** Makes a subgraph of what is selected, and an instance in its place. */
export function makeOfSelection(context: CommandContext): void {
  const { store, messages } = context;
  const { flow, session } = store.getState();
  const made = makeSubgraph(flow.document, session.selection.nodes, messages().subgraphTitle, store.createId);
  if (made === undefined) {
    store.notify(messages().encloseMixed, 'warning');
    return;
  }
  const result = store.dispatch(made.operations, { label: messages().subgraphMake });
  if (result.ok) store.select({ nodes: [made.instance] });
  else store.notify(result.error.message, 'warning');
}

/** Puts what is in a subgraph in place of one of its instances. */
export function unpackInstance({ store, messages }: CommandContext, instance: NodeId): void {
  const unpacked = unpackSubgraph(store.getState().flow.document, instance, store.createId);
  if (!unpacked) return;
  const result = store.dispatch(unpacked.operations, { label: messages().subgraphUnpack });
  if (result.ok) store.select({ nodes: unpacked.nodes });
  else store.notify(result.error.message, 'warning');
}
