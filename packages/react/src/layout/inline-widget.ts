import type { InputPort, PortType } from '@loom/graph';

/**
 * Whether an input is edited on the node itself: `row` beside its label, `tall` below it, or not at all. Tables, JSON
 * and the like are edited in the inspector, where there is room.
 */
export function showsWidget(port: InputPort): 'row' | 'tall' | 'none' {
  const { widget } = port;
  if (widget !== undefined) {
    if (widget.kind === 'none' || widget.kind === 'json' || widget.kind === 'form') return 'none';
    return widget.kind === 'text' && widget.multiline === true ? 'tall' : 'row';
  }
  return isScalar(port.type) ? 'row' : 'none';
}

/** What a field of one line can edit: a file is chosen with a button. */
function isScalar(type: PortType): boolean {
  switch (type.kind) {
    case 'number':
    case 'int':
    case 'string':
    case 'bool':
    case 'literal':
    case 'file':
    case 'bytes':
      return true;
    case 'union':
      return type.members.some((member) => member.kind !== 'none') && type.members.every(isScalarOrNone);
    default:
      return false;
  }
}

function isScalarOrNone(type: PortType): boolean {
  return type.kind === 'none' || isScalar(type);
}
