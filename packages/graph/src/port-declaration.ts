import type { PortDeclaration } from './document.js';
import { LoomError } from './error.js';
import type { PortId } from './id.js';
import type { JsonObject } from './json.js';
import type { InputPort, OutputPort, TypeProblem } from './node-type.js';
import { parsePortType } from './port-type/parse.js';
import type { PortType } from './port-type.js';
import { titleOfName } from './title.js';
import { readWidget } from './widget.js';

/** Makes an input of a declaration. A type that cannot be read is `any`, and a problem is added. */
export function readInputPort(id: PortId, declared: PortDeclaration, problems: TypeProblem[]): InputPort {
  const widget = declared.widget && readDeclaredWidget(id, declared.widget, problems);
  return {
    id,
    title: declared.title ?? titleOfName(id),
    type: readDeclaredType(id, declared.type, problems),
    required: declared.required ?? declared.default === undefined,
    ...(declared.help !== undefined && { help: declared.help }),
    ...(declared.default !== undefined && { default: declared.default }),
    ...(declared.multiple && { multiple: true }),
    ...(widget && { widget }),
  };
}

/** Makes an output of a declaration. A type that cannot be read is `any`, and a problem is added. */
export function readOutputPort(id: PortId, declared: PortDeclaration, problems: TypeProblem[]): OutputPort {
  return {
    id,
    title: declared.title ?? titleOfName(id),
    type: readDeclaredType(id, declared.type, problems),
    ...(declared.help !== undefined && { help: declared.help }),
  };
}

function readDeclaredType(id: PortId, text: string | undefined, problems: TypeProblem[]): PortType {
  if (text === undefined) return { kind: 'any' };
  try {
    return parsePortType(text);
  } catch (error) {
    if (!(error instanceof LoomError)) throw error;
    problems.push({
      severity: 'warning',
      message: `Port "${id}" takes anything, for its type is not clear. ${error.message}`,
    });
    return { kind: 'any' };
  }
}

function readDeclaredWidget(id: PortId, widget: JsonObject, problems: TypeProblem[]): InputPort['widget'] {
  const read = readWidget(widget);
  if (!read) {
    problems.push({ severity: 'warning', message: `Port "${id}" has a widget that this version does not know.` });
  }
  return read;
}
