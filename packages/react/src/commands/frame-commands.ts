import type { FlowFrame } from '@loom/graph';
import { nodesIn } from '../frames/frame-contents.js';
import { type Command, type CommandContext, canEdit } from './command.js';
import { focusInspector } from './panel-focus.js';

/** The frame or note that is selected, when it is the only thing. */
function onlyFrame({ store }: CommandContext): FlowFrame | undefined {
  const { flow, session } = store.getState();
  const { nodes, edges, frames } = session.selection;
  const [frame] = frames;
  if (frame === undefined || nodes.size + edges.size > 0 || frames.size > 1) return undefined;
  return flow.document.frames[frame];
}

function contentsOf(context: CommandContext): readonly string[] {
  const frame = onlyFrame(context);
  if (frame === undefined || frame.kind === 'note') return [];
  return nodesIn(context.store.getState().flow.document.nodes, frame, context.canvas.dropPlace().sizeOf);
}

export const frameCommands = [
  {
    id: 'frame.edit',
    title: 'frameEdit',
    keys: ['F2'],
    when: (context) => canEdit(context) && onlyFrame(context) !== undefined,
    run(context) {
      context.store.setPanel('inspector', { open: true });
      focusInspector(context);
    },
  },
  {
    id: 'frame.contents',
    title: 'frameContents',
    keys: [],
    when: (context) => contentsOf(context).length > 0,
    run: (context) => context.store.select({ nodes: contentsOf(context) }),
  },
] as const satisfies readonly Command[];
