import type { Engine } from '@loom/engine';
import type { FlowDocument, Library } from '@loom/graph';
import type { ComponentType, CSSProperties } from 'react';
import type { CodeTools } from '../code/code-tool.js';
import type { AppCommands } from '../commands/app-command.js';
import type { Keymap } from '../commands/keymap.js';
import type { Messages } from '../messages/messages.js';
import type { NodeViews } from '../node-views/node-views.js';
import type { PreviewRenderers } from '../previews/renderer.js';
import type { DocumentChange } from '../store/document-slice.js';
import type { LoomStore } from '../store/loom-store.js';
import type { Notice } from '../store/session.js';
import type { FlowTemplate, TemplateStorage } from '../templates/template.js';
import type { CustomWidgets } from '../widgets/widget-props.js';
import type { ThemeTokens } from './theme-tokens.js';

/** Parts of the editor that an app replaces with its own, or leaves out with `null`. */
export interface EditorComponents {
  readonly Toolbar?: ComponentType | null;
  readonly Library?: ComponentType | null;
  /** The flow as a tree, where the library stands while it is open. */
  readonly Outline?: ComponentType | null;
  readonly Inspector?: ComponentType | null;
  /** Output, problems and timeline, below the canvas. */
  readonly Bottom?: ComponentType | null;
  /** Only `null` is of use: the map cannot be replaced. */
  readonly Minimap?: null;
  /** Zoom, in the corner of the canvas. */
  readonly Controls?: ComponentType | null;
  /** What an empty flow shows. */
  readonly Empty?: ComponentType | null;
  /** The way back out of subgraphs. */
  readonly Breadcrumbs?: ComponentType | null;
  /** Short messages. An app that shows them itself takes them from `onNotify`. */
  readonly Notices?: ComponentType | null;
  /** The search that adds a node at the pointer. */
  readonly QuickAdd?: ComponentType | null;
  /** The search over commands, nodes and ports. */
  readonly Palette?: ComponentType | null;
  /** The sheet of keys. */
  readonly Help?: ComponentType | null;
  /** The menus at the pointer and below buttons. */
  readonly Menu?: ComponentType | null;
}

/** What an editor works on and with, whatever it looks like. Give `document` or `defaultDocument` with a `library`, or a `store`. */
export interface LoomOptions {
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
  /** Texts that replace the English ones. */
  readonly messages?: Partial<Messages> | undefined;
  /** Views of nodes, by type or category. */
  readonly nodeViews?: NodeViews | undefined;
  /** Views of values by MIME type. */
  readonly previews?: PreviewRenderers | undefined;
  /**
   * Fields for inputs: by the name of `{kind: 'custom'}`, or by a port type as it is written, such as `list<number>` or
   * `DataFrame`.
   */
  readonly widgets?: CustomWidgets | undefined;
  /**
   * How large a chosen file may be, in bytes, to be written into the flow. Of larger ones the flow has the name only: they
   * have to be chosen again when it is opened the next time. @default 0
   */
  readonly inlineFileBytes?: number | undefined;
  /**
   * What formats and checks the code of nodes, by language; `@loom/react/code-tools` makes it of Ruff and Prettier.
   * @default none: a source is marked where it cannot be read
   */
  readonly codeTools?: CodeTools | undefined;
  /** For a Content Security Policy that allows style elements by nonce only: the code panel makes some. */
  readonly cspNonce?: string | undefined;
  /** Parts of flows that are inserted as a whole, in the library and in the search. */
  readonly templates?: readonly FlowTemplate[] | undefined;
  /** Where templates are kept that people make of their selection. Without it none are made. */
  readonly templateStorage?: TemplateStorage | undefined;
  /** Commands that are added, changed or taken away. */
  readonly commands?: AppCommands | undefined;
  /** Keys by command; `null` takes the keys of a command away. */
  readonly keymap?: Keymap | undefined;
  /**
   * Called with the whole keymap when someone chooses other keys in the sheet of keys: keep it, and pass it back as
   * `keymap`. Without it what they choose lies over `keymap` for as long as the editor is there.
   */
  readonly onKeymapChange?: ((keymap: Keymap) => void) | undefined;
  readonly components?: EditorComponents | undefined;
  /**
   * The address of a page that opens links with `readFlowLink`, such as `location.href`. Without it there is no command
   * that copies a link to the flow.
   */
  readonly shareUrl?: string | undefined;
  /**
   * Where the app serves `elk-worker.min.js` of the package `elkjs`, which lays out flows of more than forty nodes. Needed
   * where the page's Content-Security-Policy has no `blob:` in `worker-src`.
   */
  readonly layoutWorkerUrl?: string | undefined;
  /** Told of every notice; the editor shows them too. */
  readonly onNotify?: ((notice: Notice) => void) | undefined;
}

/** How an editor looks. */
export interface LoomLook {
  /** @default 'light' */
  readonly theme?: 'light' | 'dark' | 'system' | undefined;
  /** Design tokens that this editor has otherwise than the style sheet. */
  readonly tokens?: ThemeTokens | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
}
