import type { Engine } from '@loom/engine';
import type { FlowDocument, Library } from '@loom/graph';
import type { ComponentType, CSSProperties } from 'react';
import type { Keymap } from '../commands/command-set.js';
import type { EditorStorage } from '../keeping/useKeeping.js';
import type { Messages } from '../messages/messages.js';
import type { PreviewRenderers } from '../previews/renderer.js';
import type { DocumentChange } from '../store/document-slice.js';
import type { LoomStore } from '../store/loom-store.js';
import type { Notice } from '../store/session.js';
import type { FlowTemplate, TemplateStorage } from '../templates/template.js';
import type { PortWidgetProps } from '../widgets/widget-props.js';

/** Parts of the editor that an app replaces with its own, or leaves out with `null`. */
export interface EditorComponents {
  readonly Toolbar?: ComponentType | null;
  readonly Library?: ComponentType | null;
  /** The flow as a tree. With `null` there is no command for it. */
  readonly Outline?: ComponentType | null;
  readonly Inspector?: ComponentType | null;
  /** Output and problems, below the canvas. */
  readonly Bottom?: ComponentType | null;
  /** Only `null` is of use: the map cannot be replaced. */
  readonly Minimap?: null;
  /** What an empty flow shows. */
  readonly Empty?: ComponentType | null;
}

/** Props of {@link LoomEditor}. Give `document` or `defaultDocument` with a `library`, or a `store`. */
export interface LoomEditorProps {
  /** Controlled: the editor shows this document and reports changes. The same object means no work. */
  readonly document?: FlowDocument | undefined;
  /** Called with every change, also while one types. Pass the document back, or the change is taken back. */
  readonly onChange?: ((document: FlowDocument, change: DocumentChange) => void) | undefined;
  /** Uncontrolled: what to start with. Read once. */
  readonly defaultDocument?: FlowDocument | undefined;
  /** Called once per gesture: a drag, a burst of typing, an undo. */
  readonly onCommit?: ((document: FlowDocument, change: DocumentChange) => void) | undefined;
  /** A store from outside; then `library`, `engine` and `readOnly` are those of the store. */
  readonly store?: LoomStore | undefined;
  readonly library?: Library | undefined;
  /** Without an engine there is nothing to run with, and no button for it. */
  readonly engine?: Engine | undefined;
  /** Everything can be seen and run, nothing changed. @default false */
  readonly readOnly?: boolean | undefined;
  /** @default 'light' */
  readonly theme?: 'light' | 'dark' | 'system' | undefined;
  /** Texts that replace the English ones. */
  readonly messages?: Partial<Messages> | undefined;
  /** Views of values by MIME type. */
  readonly previews?: PreviewRenderers | undefined;
  /** Widgets by the name of `{kind: 'custom'}`. */
  readonly widgets?: Readonly<Record<string, ComponentType<PortWidgetProps>>> | undefined;
  /** Parts of flows that are inserted as a whole, in the library and in the search. */
  readonly templates?: readonly FlowTemplate[] | undefined;
  /** Where templates are kept that people make of their selection. Without it none are made. */
  readonly templateStorage?: TemplateStorage | undefined;
  /** Keys by command; `null` takes the keys of a command away. */
  readonly keymap?: Keymap | undefined;
  readonly components?: EditorComponents | undefined;
  /**
   * Where unsaved work is kept, so that a crash or a reload loses nothing: it is offered the next time, and replaces
   * nothing on its own. Without it nothing is kept.
   */
  readonly storage?: EditorStorage | undefined;
  /**
   * The address of a page that opens links with `readFlowLink`, such as `location.href`. Without it there is no command
   * that copies a link to the flow.
   */
  readonly shareUrl?: string | undefined;
  /** Told of every notice; the editor shows them too. */
  readonly onNotify?: ((notice: Notice) => void) | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
}
