import type { SyntaxNode } from '@lezer/common';
import type { InputPort, TypeProblem, Widget } from '@loom/graph';
import { readAnnotation } from './annotation.js';
import { toWidget } from './annotation-hint.js';
import type { AnnotationScope } from './annotation-scope.js';
import { annotationOf } from './class-fields.js';
import type { Docstring } from './docstring.js';
import { readLiteral } from './literal.js';
import type { NodeMetadata } from './node-decorator.js';
import { NONE, unionOf } from './port-types.js';
import { readRecordWidget } from './record-schema.js';
import { asProblems, type Fault } from './syntax-problems.js';
import { childrenOf, lastName } from './syntax-tree.js';
import { titleOf } from './title.js';

/** A parameter as written. */
interface Parameter {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly stars: number;
  typeDef?: SyntaxNode;
  hasDefault: boolean;
  value?: SyntaxNode;
}

/** The input ports of a parameter list. */
export interface Inputs {
  readonly ports: readonly InputPort[];
  readonly problems: readonly TypeProblem[];
}

/** Reads parameters as ports. `ctx` is the node's context and no port; `**kwargs` cannot be a port. */
export function readInputs(
  list: SyntaxNode | undefined,
  scope: AnnotationScope,
  docstring: Docstring,
  metadata: NodeMetadata,
): Inputs {
  const errors: Fault[] = [];
  const warnings: Fault[] = [];
  const ports = new Map<string, InputPort>();
  let optional = false;
  let keywordOnly = false;
  for (const parameter of list ? readParameters(list, scope.source) : []) {
    const { name, node, stars } = parameter;
    const fault = (message: string): Fault => ({ from: node.from, to: node.to, message });
    if (stars === 1) keywordOnly = true;
    if (name === '') continue;
    if (ports.has(name)) errors.push(fault(`The parameter "${name}" appears twice.`));
    else if (stars === 2)
      warnings.push(fault(`"**${name}" gives the node no input: name the parameters that you need.`));
    else {
      if (parameter.hasDefault) optional = true;
      else if (optional && !keywordOnly && stars === 0)
        errors.push(fault(`"${name}" has no default, but comes after a parameter that has one.`));
      if (!isContext(parameter, scope)) ports.set(name, readPort(parameter, scope, docstring, metadata));
    }
  }
  for (const name of Object.keys(metadata.inputs))
    if (list && !ports.has(name))
      warnings.push({ from: list.from, to: list.from, message: `@node: there is no parameter "${name}".` });
  const problems = [...asProblems(scope.source, errors, 'error'), ...asProblems(scope.source, warnings, 'warning')];
  return { ports: [...ports.values()], problems };
}

function readPort(
  parameter: Parameter,
  scope: AnnotationScope,
  docstring: Docstring,
  metadata: NodeMetadata,
): InputPort {
  const { name, value, hasDefault, stars } = parameter;
  const annotation = readAnnotation(annotationOf(parameter.typeDef), scope);
  const literal = value && readLiteral(value, scope.source);
  // `x: int = None` takes None, whatever its annotation says.
  const nullable = literal?.value === null && parameter.typeDef !== undefined;
  const declared = nullable ? unionOf([annotation.type, NONE]) : annotation.type;
  const settings = metadata.inputs[name] ?? {};
  const multiple = stars === 1 || settings.multiple === true;
  const type = multiple && stars === 0 && declared.kind === 'list' ? declared.item : declared;
  const record = stars === 0 && !multiple ? readRecordWidget(annotationOf(parameter.typeDef), scope) : undefined;
  const widget = toWidget(settings.widget) ?? annotation.widget ?? record ?? widgetOf(type);
  const help = typeof settings.help === 'string' ? settings.help : (docstring.parameters.get(name) ?? annotation.help);
  return {
    id: name,
    title: typeof settings.title === 'string' ? settings.title : titleOf(name),
    type,
    required: stars === 0 && !hasDefault,
    ...(help && { help }),
    ...(literal && { default: literal.value }),
    ...(multiple && { multiple }),
    ...(widget && { widget }),
  };
}

/** What the type alone asks for: a switch for a bool, a choice for literals. */
function widgetOf(type: InputPort['type']): Widget | undefined {
  if (type.kind === 'bool') return { kind: 'toggle' };
  const members = type.kind === 'union' ? type.members : [type];
  if (!members.some((member) => member.kind === 'literal')) return undefined;
  const options = [];
  for (const member of members) {
    if (member.kind === 'literal') options.push({ value: member.value });
    else if (member.kind === 'none') options.push({ value: null, title: 'None' });
    else return undefined;
  }
  return { kind: 'select', options };
}

/** As the runtime decides it: by the name `ctx`, or by the type. `decimal.Context` is something else. */
function isContext(parameter: Parameter, scope: AnnotationScope): boolean {
  if (parameter.stars > 0) return false;
  if (parameter.name === 'ctx') return true;
  const annotation = annotationOf(parameter.typeDef);
  if (!annotation) return false;
  const qualifier = /^['"]?\s*(.+)\.Context\b/.exec(scope.source.slice(annotation.from, annotation.to))?.[1];
  if (qualifier !== undefined && qualifier !== 'loom' && qualifier !== 'loom_runtime') return false;
  const { type } = readAnnotation(annotation, scope);
  return type.kind === 'class' && type.name === 'Context' && !scope.module.classes.has('Context');
}

/** Splits a parameter list. After a fault it goes on at the next name. */
function readParameters(list: SyntaxNode, source: string): Parameter[] {
  const parameters: Parameter[] = [];
  let stars = 0;
  let current: Parameter | undefined;
  let assigned = false;
  const flush = () => {
    if (current) parameters.push(current);
    current = undefined;
    assigned = false;
  };
  for (const child of childrenOf(list)) {
    if (child.type.isError || child.name === 'Comment') continue;
    if (child.name === ',' || child.name === ')') {
      flush();
      // A lone star: what follows is keyword-only.
      if (stars === 1) parameters.push({ name: '', node: child, stars, hasDefault: false });
      stars = 0;
    } else if (child.name === '*' || child.name === '**') {
      flush();
      stars = child.name.length;
    } else if (child.name === 'TypeDef') {
      if (current) current.typeDef = child;
    } else if (child.name === 'AssignOp') {
      assigned = true;
      if (current) current.hasDefault = true;
    } else if (assigned) {
      if (current) current.value = child;
      assigned = false;
    } else if (child.name === 'VariableName') {
      flush();
      const name = lastName(child, source)?.normalize('NFKC') ?? '';
      if (/^[\p{ID_Start}_]/u.test(name)) current = { name, node: child, stars, hasDefault: false };
      stars = 0;
    }
  }
  flush();
  return parameters;
}
