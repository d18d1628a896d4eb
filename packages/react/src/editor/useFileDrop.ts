import type { TypeId } from '@loom/graph';
import { type DragEvent, useMemo } from 'react';
import { placeHeader } from '../commands/add-node.js';
import { canEdit } from '../commands/command.js';
import type { CommandSet } from '../commands/command-set.js';
import { NODE_TYPE_MIME } from '../library/node-type-mime.js';
import { insertItem } from '../templates/insert-item.js';
import { openFile } from './open-file.js';

/** Takes node types from the library onto the canvas, and flow files anywhere. */
export function useFileDrop(commands: CommandSet): {
  onDragOver(event: DragEvent<HTMLElement>): void;
  onDrop(event: DragEvent<HTMLElement>): void;
} {
  return useMemo(() => {
    const { context } = commands;
    const wanted = (event: DragEvent<HTMLElement>) => {
      if (!canEdit(context)) return undefined;
      if (event.dataTransfer.types.includes('Files')) return 'file';
      const overCanvas = (event.target as Element).closest('.loom-canvas') !== null;
      return overCanvas && event.dataTransfer.types.includes(NODE_TYPE_MIME) ? 'type' : undefined;
    };
    return {
      onDragOver(event) {
        const kind = wanted(event);
        if (kind === undefined) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDrop(event) {
        const kind = wanted(event);
        if (kind === undefined) return;
        event.preventDefault();
        if (kind === 'type') {
          const type: TypeId = event.dataTransfer.getData(NODE_TYPE_MIME);
          const point = { x: event.clientX, y: event.clientY };
          const { at } = context.canvas.placeOf(point);
          insertItem(context, type, placeHeader(at), undefined, context.canvas.wireAt(point));
          context.canvas.focus();
          return;
        }
        const [file] = event.dataTransfer.files;
        if (file !== undefined) void openFile(context.store, file, context.messages());
      },
    };
  }, [commands]);
}
