import { inputProblem } from '@loom/graph/schema';
import { ChevronDown, X } from 'lucide-react';
import {
  type ComponentType,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useLatest } from '../hooks/useLatest.js';
import { useMessages } from '../messages/messages.js';
import { valueSummary } from './value-summary.js';
import type { PortWidgetProps } from './widget-props.js';

interface CompactFieldProps extends PortWidgetProps {
  /** The field itself. Handed over, because it is what shows this. */
  readonly Field: ComponentType<PortWidgetProps>;
}

const GAP = 4;
const MARGIN = 8;
/** Below a button near the lower edge of the window there would be room for nothing. */
const LEAST_HEIGHT = 200;

/** What a value is in short; pressed, it opens the field beside the node, where there is room. */
export function CompactField({ Field, ...props }: CompactFieldProps): ReactNode {
  const { port, value, inputId, label } = props;
  const messages = useMessages();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const shown = value ?? port.default;
  const text = shown === undefined ? messages.notSet : valueSummary(shown, messages);
  const problem = value === undefined ? undefined : inputProblem(value, port);
  return (
    <>
      <button
        ref={button}
        type="button"
        id={inputId}
        className="loom-input loom-compact nodrag"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={`${label}: ${text}`}
        data-absent={value === undefined || undefined}
        data-invalid={problem !== undefined || undefined}
        title={problem ?? text}
        onClick={() => setOpen(!isOpen)}
      >
        <span dir="auto">{text}</span>
        <ChevronDown size={12} aria-hidden="true" />
      </button>
      {isOpen ? (
        <Popup anchor={button} label={label} onClose={() => setOpen(false)}>
          <Field {...props} compact={false} inputId={`${inputId}-open`} />
        </Popup>
      ) : null}
    </>
  );
}

interface PopupProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** In the top layer: nothing clips it, and it has its size whatever the zoom. Escape, a press elsewhere and leaving it by Tab close it. */
function Popup({ anchor, label, onClose, children }: PopupProps): ReactNode {
  const messages = useMessages();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current: element } = box;
    const { current: opener } = anchor;
    if (element === null || opener === null) return;
    if (!element.matches(':popover-open')) element.showPopover();
    const { left, bottom } = opener.getBoundingClientRect();
    const { clientWidth, clientHeight } = element.ownerDocument.documentElement;
    const top = Math.max(MARGIN, Math.min(bottom + GAP, clientHeight - LEAST_HEIGHT - MARGIN));
    element.style.left = `${Math.max(MARGIN, Math.min(left, clientWidth - element.offsetWidth - MARGIN))}px`;
    element.style.top = `${top}px`;
    element.style.maxHeight = `${clientHeight - top - MARGIN}px`;
    element.focus({ preventScroll: true });
  }, [anchor]);
  const latest = useLatest(onClose);
  useEffect(() => {
    const page = box.current?.ownerDocument;
    const onPointerDown = (event: PointerEvent) => {
      const path = event.composedPath();
      if (![box, anchor].some(({ current }) => current !== null && path.includes(current))) latest.current();
    };
    page?.addEventListener('pointerdown', onPointerDown, true);
    return () => page?.removeEventListener('pointerdown', onPointerDown, true);
  }, [anchor, latest]);
  const close = () => {
    onClose();
    anchor.current?.focus({ preventScroll: true });
  };
  return (
    <div
      ref={box}
      className="loom-compact-open nokey nodrag nopan nowheel"
      popover="manual"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        const isLeft = relatedTarget !== null && !currentTarget.contains(relatedTarget);
        if (isLeft && relatedTarget !== anchor.current) onClose();
      }}
      onContextMenu={(event) => event.stopPropagation()}
    >
      <header>
        <strong>{label}</strong>
        <button
          type="button"
          className="loom-icon-button"
          aria-label={messages.dismiss}
          title={messages.dismiss}
          onClick={close}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </header>
      {children}
    </div>
  );
}
