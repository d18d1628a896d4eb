import { describePortType, type InputPort, type NodeType, type OutputPort } from '@loom/graph';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useMessages } from '../messages/messages.js';
import { PortMark } from './PortMark.js';

interface TypeCardProps {
  readonly id: string;
  readonly type: NodeType;
  /** The item that this belongs to. */
  readonly anchor: HTMLElement;
}

const GAP = 8;
const MARGIN = 8;

/** What a node type does and which ports it has, beside its item. */
export function TypeCard({ id, type, anchor }: TypeCardProps): ReactNode {
  const messages = useMessages();
  const card = useRef<HTMLDivElement>(null);

  // In the top layer nothing clips it, and it is placed in the window even where the host moved the editor about.
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    if ('showPopover' in element && !element.matches(':popover-open')) element.showPopover();
    const item = anchor.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const window = element.ownerDocument.documentElement;
    const fitsRight = item.right + GAP + width + MARGIN <= window.clientWidth;
    element.style.left = `${fitsRight ? item.right + GAP : Math.max(MARGIN, item.left - GAP - width)}px`;
    element.style.top = `${Math.max(MARGIN, Math.min(item.top, window.clientHeight - height - MARGIN))}px`;
  }, [anchor]);

  return (
    <div className="loom-type-card" id={id} role="tooltip" popover="manual" ref={card}>
      <div className="loom-type-card-title">{type.title}</div>
      {type.description !== undefined && <div className="loom-type-card-text">{type.description}</div>}
      <PortList title={messages.libraryInputs} ports={type.inputs} />
      <PortList title={messages.libraryOutputs} ports={type.outputs} />
    </div>
  );
}

function PortList({
  title,
  ports,
}: {
  readonly title: string;
  readonly ports: readonly (InputPort | OutputPort)[];
}): ReactNode {
  const messages = useMessages();
  return (
    <>
      <div className="loom-type-card-heading">{title}</div>
      {ports.length === 0 ? (
        <div className="loom-type-card-none">{messages.libraryNoPorts}</div>
      ) : (
        <ul className="loom-type-card-ports">
          {ports.map((port) => (
            <li key={port.id}>
              <PortMark type={port.type} />
              <span>{port.title}</span>
              <code>{describePortType(port.type)}</code>
              {'required' in port && !port.required && <em>{messages.libraryOptional}</em>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
