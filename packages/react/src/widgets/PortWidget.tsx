import { Cable } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { lazyPart } from '../parts/lazy-part.js';
import { RendererBoundary } from '../previews/RendererBoundary.js';
import { type ChosenWidget, chooseWidget } from './choose-widget.js';
import { NumberField } from './NumberField.js';
import { TextField } from './TextField.js';
import { ToggleField } from './ToggleField.js';
import type { PortWidgetProps } from './widget-props.js';

const CompactField = lazyPart(() => import('./seldom-fields.js').then((module) => module.CompactField));
const FileField = lazyPart(() => import('./seldom-fields.js').then((module) => module.FileField));
const FilesField = lazyPart(() => import('./seldom-fields.js').then((module) => module.FilesField));
const FreeField = lazyPart(() => import('./seldom-fields.js').then((module) => module.FreeField));
const JsonField = lazyPart(() => import('./seldom-fields.js').then((module) => module.JsonField));
const PickedField = lazyPart(() => import('./seldom-fields.js').then((module) => module.PickedField));
const SelectField = lazyPart(() => import('./seldom-fields.js').then((module) => module.SelectField));
const SliderField = lazyPart(() => import('./seldom-fields.js').then((module) => module.SliderField));
const SchemaForm = lazyPart(() => import('../form/form-fields.js').then((module) => module.SchemaForm));

/**
 * Edits the literal of an input in place. The widget is the one that the port asks for, else one for its type; see
 * {@link chooseWidget}. `onChange` is called while a person types, and only with values that fit the type.
 */
export function PortWidget(props: PortWidgetProps): ReactNode {
  const { port, custom } = props;
  const chosen = chooseWidget(port, (name) => custom !== undefined && Object.hasOwn(custom, name));
  const isLarge = LARGE.has(chosen.kind);
  return props.compact && isLarge ? (
    <CompactField {...props} Field={PortWidget} />
  ) : (
    <Chosen {...props} chosen={chosen} />
  );
}

/** What needs more room than a row of a node has. */
const LARGE: ReadonlySet<ChosenWidget['kind']> = new Set(['form', 'parts', 'json', 'files']);

function Chosen({ chosen, ...props }: PortWidgetProps & { readonly chosen: ChosenWidget }): ReactNode {
  switch (chosen.kind) {
    case 'number':
      return (
        <NumberField
          {...props}
          integer={chosen.integer}
          min={chosen.min}
          max={chosen.max}
          step={chosen.step}
          unit={chosen.unit}
        />
      );
    case 'slider': {
      const { integer, min, max, step, unit } = chosen;
      return <SliderField {...props} integer={integer} min={min} max={max} step={step} unit={unit} />;
    }
    case 'text':
      return <TextField {...props} multiline={chosen.multiline} placeholder={chosen.placeholder} />;
    case 'toggle':
      return <ToggleField {...props} />;
    case 'select':
      return <SelectField {...props} options={chosen.options} />;
    case 'json':
      return <JsonField {...props} />;
    case 'free':
      return <FreeField {...props} />;
    case 'date':
    case 'time':
    case 'date-time':
    case 'color':
      return <PickedField {...props} kind={chosen.kind} zone={chosen.zone} />;
    case 'form':
      return <SchemaForm {...props} schema={chosen.schema} Leaf={PortWidget} />;
    case 'parts':
      return <SchemaForm {...props} type={chosen.type} Leaf={PortWidget} />;
    case 'file':
      return <FileField {...props} as={chosen.as} />;
    case 'files':
      return <FilesField {...props} as={chosen.as} />;
    case 'custom': {
      const Custom = props.custom?.[chosen.name];
      return Custom ? (
        <RendererBoundary
          subject={props.value}
          fallback={(reason) => <FailedWidget id={props.inputId} reason={reason} />}
        >
          <Custom {...props} />
        </RendererBoundary>
      ) : null;
    }
    case 'none':
      return <OnlyByWire id={props.inputId} />;
  }
}

function FailedWidget({ id, reason }: { readonly id: string; readonly reason: string }): ReactNode {
  const messages = useMessages();
  return (
    <span className="loom-widget-failed" id={id} role="alert" title={reason}>
      {messages.widgetFailed(reason)}
    </span>
  );
}

function OnlyByWire({ id }: { readonly id: string }): ReactNode {
  const messages = useMessages();
  return (
    <span className="loom-widget-wire" id={id}>
      <Cable size={12} aria-hidden="true" />
      {messages.connectWire}
    </span>
  );
}
