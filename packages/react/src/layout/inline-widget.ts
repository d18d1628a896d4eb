import type { InputPort, PortType } from '@loom/graph';

/**
 * Whether an input is edited on the node itself: `row` beside its label, `tall` below it, or not at all. Of lists, forms and JSON
 * a row says in short what there is, and opens the field beside the node.
 */
export function showsWidget(port: InputPort): 'row' | 'tall' | 'none' {
  const { widget } = port;
  if (widget !== undefined) {
    if (widget.kind === 'none') return 'none';
    return widget.kind === 'text' && widget.multiline === true ? 'tall' : 'row';
  }
  return isScalar(port.type) ? 'row' : 'none';
}

/** What can be edited from one line: a file is chosen with a button, what has parts is opened with one. */
function isScalar(type: PortType): boolean {
  switch (type.kind) {
    case 'number':
    case 'int':
    case 'string':
    case 'bool':
    case 'literal':
    case 'file':
    case 'bytes':
    case 'list':
    case 'dict':
    case 'tuple':
    case 'json':
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
