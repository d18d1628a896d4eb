import type { InputPort } from '@loom/graph';
import { ArrowLeft, ArrowRight, ChevronRight, Frame, StickyNote } from 'lucide-react';
import { type CSSProperties, memo, type ReactNode, useCallback } from 'react';
import { categoryHue } from '../canvas/node/category-hue.js';
import { NodeMarks } from '../canvas/node/NodeMarks.js';
import { NodeStatus } from '../canvas/node/NodeStatus.js';
import { useLoom, useShownRun } from '../hooks/useLoom.js';
import { PortMark } from '../library/PortMark.js';
import { useMessages } from '../messages/messages.js';
import type { LoomState } from '../store/state.js';
import { useWireEnd } from '../wires/useWireEnd.js';
import { OutlineField } from './OutlineField.js';
import type { OutlineRow } from './outline-rows.js';

/** Props of {@link OutlineRowView}. */
export interface OutlineRowViewProps {
  readonly row: OutlineRow;
  /** Whether the value of its input is being edited. */
  readonly isEditing: boolean;
  readonly onEdited: (back: boolean) => void;
}

/** What a row says. */
export const OutlineRowView = memo(function OutlineRowView(props: OutlineRowViewProps): ReactNode {
  const { row, isEditing, onEdited } = props;
  const messages = useMessages();
  if (row.kind === 'frame') {
    const { frame } = row;
    const Icon = frame.kind === 'note' ? StickyNote : Frame;
    const standard = frame.kind === 'note' ? messages.noteTitle : messages.frameTitle;
    return (
      <>
        <Icon size={13} aria-hidden="true" className="loom-outline-icon" />
        <span className="loom-outline-title">{frame.title ?? frame.text?.slice(0, 80) ?? standard}</span>
      </>
    );
  }
  if (row.kind === 'node') return <NodeRow row={row} />;
  if (row.kind === 'port') return <PortRow row={row} isEditing={isEditing} onEdited={onEdited} />;
  return <WireRow row={row} />;
});

/** The sign before a row that has others below it. The tree itself takes the keys and clicks. */
export function OutlineChevron({ isOpen }: { readonly isOpen: boolean | undefined }): ReactNode {
  return (
    <span className="loom-outline-chevron" data-open={isOpen} aria-hidden="true">
      {isOpen === undefined ? null : <ChevronRight size={12} />}
    </span>
  );
}

function NodeRow({ row: { model } }: { readonly row: Extract<OutlineRow, { kind: 'node' }> }): ReactNode {
  const { id, node, title, type } = model;
  const detail = type?.title ?? node.type;
  return (
    <>
      <span
        className="loom-outline-hue"
        aria-hidden="true"
        style={{ '--loom-node-hue': node.view?.color ?? categoryHue(type?.category) } as CSSProperties}
      />
      <span className="loom-outline-title">{title}</span>
      {detail === title ? null : <span className="loom-outline-detail">{detail}</span>}
      <span className="loom-outline-state">
        <NodeMarks id={id} settings={node.settings} />
        <NodeStatus model={model} />
      </span>
    </>
  );
}

function PortRow({
  row: { at, model, wires },
  isEditing,
  onEdited,
}: Omit<OutlineRowViewProps, 'row'> & { readonly row: Extract<OutlineRow, { kind: 'port' }> }): ReactNode {
  const messages = useMessages();
  const { port: id, side } = at;
  const port = (side === 'source' ? model.outputs : model.inputs).find((each) => each.id === id);
  if (port === undefined) return null;
  const gone = (side === 'source' ? model.goneOutputs : model.goneInputs).has(id);
  return (
    <>
      <PortMark type={port.type} />
      <span className="loom-outline-port" data-gone={gone} data-side={wires.length === 0 ? side : undefined}>
        <span className="loom-hidden">{messages.portSide(side, port.title)}</span>
        <span aria-hidden="true">{port.title}</span>
      </span>
      {isEditing ? (
        <OutlineField node={model.id} port={port as InputPort} onDone={onEdited} />
      ) : wires.length > 0 ? (
        <Ends row={{ at, wires }} />
      ) : null}
      {isEditing ? null : side === 'source' ? (
        <OutputText node={model.id} port={id} />
      ) : wires.length === 0 ? (
        <InputText node={model.id} port={port as InputPort} />
      ) : null}
    </>
  );
}

/** Where the wires of a port lead: the first by name, the others by their number. */
function Ends({ row: { at, wires } }: { readonly row: Pick<Extract<OutlineRow, { kind: 'port' }>, 'at' | 'wires'> }) {
  const messages = useMessages();
  const text = useWireEnd(wires[0], at.side === 'target' ? 'source' : 'target');
  const Arrow = at.side === 'target' ? ArrowLeft : ArrowRight;
  return (
    <span className="loom-outline-detail">
      <Arrow size={11} aria-hidden="true" className="loom-outline-arrow" />
      <span className="loom-hidden">{at.side === 'target' ? messages.wireFrom : messages.wireTo} </span>
      {text}
      {wires.length > 1 ? ` ${messages.outlineMore(wires.length - 1)}` : ''}
    </span>
  );
}

/** Longer values are cut: the inspector shows them whole. */
const MOST_CHARACTERS = 60;

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}

function OutputText({ node, port }: { readonly node: string; readonly port: string }): ReactNode {
  const summary = useShownRun(node)?.outputs?.[port];
  if (summary === undefined) return null;
  const text = summary.preview.data['text/plain'];
  return (
    <code className="loom-outline-value">
      {typeof text === 'string' ? short(text) : [summary.typeName, summary.shape].filter(Boolean).join(' · ')}
    </code>
  );
}

function InputText({ node, port }: { readonly node: string; readonly port: InputPort }): ReactNode {
  const messages = useMessages();
  const value = useLoom(
    useCallback(({ flow }: LoomState) => flow.document.nodes[node]?.inputs?.[port.id], [node, port.id]),
  );
  if (value === undefined && port.default === undefined) {
    return port.required ? <span className="loom-row-needed">{messages.nodeRequired}</span> : null;
  }
  return (
    <code className="loom-outline-value" data-default={value === undefined}>
      {short(JSON.stringify(value ?? port.default) ?? '')}
    </code>
  );
}

function WireRow({ row: { at, id } }: { readonly row: Extract<OutlineRow, { kind: 'wire' }> }): ReactNode {
  const messages = useMessages();
  const text = useWireEnd(id, at.side === 'target' ? 'source' : 'target');
  const Arrow = at.side === 'target' ? ArrowLeft : ArrowRight;
  return (
    <>
      <Arrow size={12} aria-hidden="true" className="loom-outline-icon loom-outline-arrow" />
      <span className="loom-outline-title">
        <span className="loom-hidden">{at.side === 'target' ? messages.wireFrom : messages.wireTo} </span>
        {text}
      </span>
    </>
  );
}
