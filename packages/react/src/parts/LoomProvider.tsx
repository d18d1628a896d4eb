import { forwardRef, type ReactNode, useEffect, useId, useImperativeHandle, useMemo, useRef } from 'react';
import { createCanvasControl } from '../canvas/canvas-control.js';
import { createNodeModels } from '../canvas/node/node-model.js';
import { createCommandSet } from '../commands/command-set.js';
import { EditorContext, type EditorContextValue } from '../editor/context.js';
import { openFile } from '../editor/open-file.js';
import { useEditorStore } from '../editor/useEditorStore.js';
import { StoreProvider } from '../hooks/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useStableRecord } from '../hooks/useStableRecord.js';
import { MessagesProvider, useMessages } from '../messages/messages.js';
import { type NodeViews, sameView } from '../node-views/node-views.js';
import { useRunAnnouncements } from '../run/useRunAnnouncements.js';
import { useRuntimeNotices } from '../run/useRuntimeNotices.js';
import type { LoomStore } from '../store/loom-store.js';
import { createOpenedStore } from '../subgraph/opened-store.js';
import { useTemplates } from '../templates/useTemplates.js';
import { createHandle, type LoomHandle } from './handle.js';
import type { LoomOptions } from './props.js';

/** Props of {@link LoomProvider}. */
export interface LoomProviderProps extends LoomOptions {
  readonly children?: ReactNode;
}

/**
 * An editor without a layout: what is inside shares one flow, its history, selection and runs. Put the parts, such as
 * `LoomCanvas` and `LoomInspector`, into a `LoomRoot` below it; hooks work anywhere below it.
 *
 * @example
 * ```tsx
 * <LoomProvider defaultDocument={flow} library={library} engine={engine}>
 *   <LoomRoot style={{ display: 'grid', gridTemplateColumns: '1fr 320px', height: 600 }}>
 *     <LoomCanvas />
 *     <LoomInspector />
 *   </LoomRoot>
 * </LoomProvider>
 * ```
 */
export const LoomProvider = forwardRef<LoomHandle, LoomProviderProps>(function LoomProvider(props, ref): ReactNode {
  const store = useEditorStore(props);
  const messages = useStableRecord(props.messages);
  return (
    <MessagesProvider messages={messages}>
      <Provided {...props} store={store} handle={ref} />
    </MessagesProvider>
  );
});

interface ProvidedProps extends LoomProviderProps {
  readonly store: LoomStore;
  readonly handle: React.ForwardedRef<LoomHandle>;
}

function Provided({ store: root, handle: ref, children, ...props }: ProvidedProps): ReactNode {
  const store = useMemo(() => createOpenedStore(root), [root]);
  const id = useId();
  const fileInput = useRef<HTMLInputElement>(null);
  const messages = useLatest(useMessages());
  const latest = useLatest(props);
  const previews = useStableRecord(props.previews);
  const widgets = useStableRecord(props.widgets);
  const components = useStableRecord(props.components);
  const templates = useTemplates(store, props.templates, props.templateStorage);
  const latestTemplates = useLatest(templates);
  const codeTools = useStableRecord(props.codeTools);
  const { inlineFileBytes, cspNonce } = props;
  const nodeViews = useStableRecord(props.nodeViews, sameView);
  const viewsNow = useRef<NodeViews | undefined>(nodeViews);
  // Models ask while this renders: they must know of new views before the nodes below are drawn.
  viewsNow.current = nodeViews;

  const parts = useMemo(() => {
    const canvas = createCanvasControl();
    const models = createNodeModels(() => viewsNow.current);
    const context = {
      store,
      canvas,
      models,
      messages: () => messages.current,
      chooseFile: () => fileInput.current?.click(),
      shareUrl: () => latest.current.shareUrl,
      templates: () => latestTemplates.current,
      layoutWorkerUrl: () => latest.current.layoutWorkerUrl,
      codeTools: () => latest.current.codeTools,
    };
    const handle: LoomHandle = createHandle({ context, commands: () => commands });
    const commands = createCommandSet(context, {
      keymap: () => latest.current.keymap,
      onKeymapChange: () => latest.current.onKeymapChange,
      commands: () => latest.current.commands,
      handle: () => handle,
    });
    return { canvas, models, commands, handle };
  }, [store, messages, latest, latestTemplates]);
  useImperativeHandle(ref, () => parts.handle, [parts]);
  const { keymap } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where keys are shown, those of now must stand
  useEffect(() => parts.commands.keymap.given(), [parts, keymap]);
  const editor = useMemo<EditorContextValue>(
    () => ({
      ...parts,
      store,
      id,
      previews,
      widgets,
      templates,
      inlineFileBytes,
      codeTools,
      cspNonce,
      components: components ?? {},
      nodeViews,
    }),
    [parts, store, id, previews, widgets, templates, inlineFileBytes, codeTools, cspNonce, components, nodeViews],
  );
  return (
    <EditorContext.Provider value={editor}>
      <StoreProvider store={store}>
        <RuntimeNotices />
        {children}
        <input
          ref={fileInput}
          type="file"
          accept=".json,.png,.svg"
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file can be chosen again.
            event.target.value = '';
            if (file !== undefined) void openFile(store, file, messages.current);
          }}
        />
      </StoreProvider>
    </EditorContext.Provider>
  );
}

function RuntimeNotices(): null {
  useRuntimeNotices();
  useRunAnnouncements();
  return null;
}
