import {
  formatPortType,
  type InputPort,
  type JsonObject,
  type PortType,
  type SelectOption,
  type Widget,
} from '@loom/graph';

/** How a literal is edited. */
export type ChosenWidget =
  | {
      readonly kind: 'number';
      readonly integer: boolean;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
      readonly step?: number | undefined;
      readonly unit?: string | undefined;
    }
  | {
      readonly kind: 'slider';
      readonly integer: boolean;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly unit?: string | undefined;
    }
  | PickedWidget
  /** Fields for the parts of a value, as its schema says, or its type. */
  | { readonly kind: 'form'; readonly schema: JsonObject }
  | { readonly kind: 'parts'; readonly type: PortType }
  | { readonly kind: 'text'; readonly multiline: boolean; readonly placeholder?: string | undefined }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'select'; readonly options: readonly SelectOption[] }
  | { readonly kind: 'json' }
  /** JSON where it fits, else text: see {@link parseFreeText}. */
  | { readonly kind: 'free' }
  | { readonly kind: 'custom'; readonly name: string }
  /** A file that the user chooses; a port of bytes gets what is in it. */
  | { readonly kind: 'file'; readonly as: 'file' | 'bytes' }
  /** Any number of them. */
  | { readonly kind: 'files'; readonly as: 'file' | 'bytes' }
  /** The value can only arrive over a wire. */
  | { readonly kind: 'none' };

/** Text with a picker of the browser beside it. */
export interface PickedWidget {
  readonly kind: 'date' | 'time' | 'date-time' | 'color';
  /** A point in time has to say its distance from UTC. */
  readonly zone?: boolean;
}

/** The widget of a port: the one it asks for, else one that the app has for its type, else one that the type suggests. */
export function chooseWidget(port: InputPort, hasCustom: (name: string) => boolean): ChosenWidget {
  const { widget } = port;
  const byType = formatPortType(port.type);
  if (!widget && hasCustom(byType)) return { kind: 'custom', name: byType };
  if (!widget) return widgetForType(port.type, port.default);
  switch (widget.kind) {
    case 'slider':
      return slider(widget, takesOnlyIntegers(port.type));
    case 'number':
      return { ...widget, integer: takesOnlyIntegers(port.type) };
    case 'text':
      return { kind: 'text', multiline: widget.multiline ?? false, placeholder: widget.placeholder };
    case 'custom':
      // An app that does not know the widget still lets people edit the value.
      return hasCustom(widget.name) ? widget : widgetForType(port.type, port.default);
    default:
      return widget;
  }
}

/** Steps of a slider that does not say: a hundred, or whole numbers. */
const SLIDER_STEPS = 100;

function slider(widget: Extract<Widget, { kind: 'slider' }>, integer: boolean): ChosenWidget {
  const { min, max, step } = widget;
  return { ...widget, integer, step: step ?? (integer ? 1 : (max - min) / SLIDER_STEPS || 1) };
}

function takesOnlyIntegers(type: PortType): boolean {
  const members = membersOf(type).filter((member) => member.kind !== 'none');
  return members.length > 0 && members.every((member) => member.kind === 'int');
}

/** The members of a union, flat; any other type alone. */
function membersOf(type: PortType): readonly PortType[] {
  return type.kind === 'union' ? type.members.flatMap(membersOf) : [type];
}

const NONE: PortType = { kind: 'none' };

const TEXT_KEYS: ReadonlySet<string> = new Set(['string', 'any', 'json', 'variable']);

function widgetForType(type: PortType, defaultValue: InputPort['default']): ChosenWidget {
  switch (type.kind) {
    case 'number':
    case 'int':
      return { kind: 'number', integer: type.kind === 'int' };
    case 'string':
      return { kind: 'text', multiline: false };
    case 'bool':
      return { kind: 'toggle' };
    case 'list': {
      const { kind } = type.item;
      if (kind === 'file' || kind === 'bytes') return { kind: 'files', as: kind };
      return { kind: 'parts', type };
    }
    case 'tuple':
      return { kind: 'parts', type };
    case 'dict':
      // The names in a literal are texts.
      return TEXT_KEYS.has(type.key.kind) ? { kind: 'parts', type } : { kind: 'json' };
    case 'json':
      return { kind: 'json' };
    case 'any':
    case 'variable':
      return { kind: 'free' };
    case 'literal':
      return { kind: 'select', options: [{ value: type.value }] };
    case 'union':
      return widgetForUnion(membersOf(type), defaultValue);
    case 'bytes':
    case 'file':
      return { kind: 'file', as: type.kind };
    case 'class':
    case 'stream':
    case 'none':
      return { kind: 'none' };
  }
}

function widgetForUnion(members: readonly PortType[], defaultValue: InputPort['default']): ChosenWidget {
  const options = selectOptions(members);
  if (options) return { kind: 'select', options };
  const editable = members.filter((member) => !['class', 'stream', 'none'].includes(member.kind));
  const kinds = new Set(editable.map((member) => member.kind));
  if (editable.length === 0) return { kind: 'none' };
  // `int | None = None`: clearing the field is None, so the plain widget can say everything. With another default
  // only a field where one can write `null` can.
  const noneIsAbsence = defaultValue === null || defaultValue === undefined;
  const hasNone = members.some((member) => member.kind === 'none');
  if (!hasNone || noneIsAbsence) {
    if ([...kinds].every((kind) => kind === 'number' || kind === 'int'))
      return { kind: 'number', integer: !kinds.has('number') };
    const [only] = editable;
    if (editable.length === 1 && only) return widgetForType(only, defaultValue);
  }
  const chosen = editable.map((member) => widgetForType(member, undefined).kind);
  if (chosen.every((kind) => kind === 'json')) return { kind: 'json' };
  // One chooses between what has parts; the rest is told apart as it is written.
  const parts = hasNone ? [...editable, NONE] : editable;
  return chosen.includes('parts') ? { kind: 'parts', type: { kind: 'union', members: parts } } : { kind: 'free' };
}

/** A union of literals, booleans and None is a list of choices. */
function selectOptions(members: readonly PortType[]): readonly SelectOption[] | undefined {
  const options: SelectOption[] = [];
  for (const member of members) {
    if (member.kind === 'literal') options.push({ value: member.value });
    else if (member.kind === 'none') options.push({ value: null });
    else if (member.kind === 'bool') options.push({ value: true }, { value: false });
    else return undefined;
  }
  return options;
}
