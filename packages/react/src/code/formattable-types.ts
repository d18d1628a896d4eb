import type { FlowType, SubgraphFlowType, TypeId } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';

/** A source of the flow that there is a tool for. */
export interface FormattableType {
  readonly id: TypeId;
  readonly type: Exclude<FlowType, SubgraphFlowType>;
  readonly format: (source: string) => Promise<string>;
}

/** The sources of the selected nodes that can be laid out. Those of a library cannot: they belong to it. */
export function formattableTypes({ store, codeTools }: CommandContext): readonly FormattableType[] {
  const { flow, session } = store.getState();
  const { nodes, types } = flow.document;
  const ids = new Set([...session.selection.nodes].flatMap((id) => nodes[id]?.type ?? []));
  return [...ids].flatMap((id) => {
    const type = types[id];
    if (type === undefined || type.kind === 'subgraph') return [];
    const tool = codeTools()?.[type.kind];
    return tool?.format === undefined
      ? []
      : { id, type, format: (source) => tool.format?.(source) ?? Promise.resolve(source) };
  });
}
