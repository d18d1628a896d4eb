import type { Json, JsonObject } from '@loom/graph';
import { Download, Eye, File } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { download } from '../editor/save-file.js';
import { useMessages } from '../messages/messages.js';
import { isMedia, MediaFile } from './MediaFile.js';
import type { PreviewRendererProps } from './renderer.js';

interface FetchState {
  readonly isBusy: boolean;
  readonly fault?: string;
  /** What is shown below the name. */
  readonly shown?: Blob;
}

/** A file that a node gave: its name, its type, its size. It is fetched when somebody wants to see or to save it. */
export function FileValuePreview({ data, size, loadValue }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const [state, setState] = useState<FetchState>({ isBusy: false });
  const facts = factsOf(data);

  async function fetchFile(load: () => Promise<unknown>, use: (file: Blob) => Partial<FetchState>): Promise<void> {
    setState((before) => ({ ...before, isBusy: true }));
    try {
      const value = await load();
      if (!(value instanceof Blob)) throw new TypeError(messages.outputGone);
      setState(({ shown }) => ({ ...(shown && { shown }), isBusy: false, ...use(value) }));
    } catch (thrown) {
      setState({ isBusy: false, fault: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  function save(file: Blob): Partial<FetchState> {
    download(file, facts.name);
    return {};
  }

  const button = (text: string, Icon: typeof Eye, use: (file: Blob) => Partial<FetchState>) =>
    size !== 'panel' || loadValue === undefined ? null : (
      <button
        type="button"
        className="loom-icon-button"
        aria-label={text}
        title={text}
        disabled={state.isBusy}
        onClick={() => void fetchFile(loadValue, use)}
      >
        <Icon size={14} aria-hidden="true" />
      </button>
    );

  return (
    <>
      <div className="loom-preview-file">
        <File size={18} aria-hidden="true" />
        <span>
          {facts.name}
          <small>{[facts.type, messages.previewBytes(facts.size)].filter(Boolean).join(' · ')}</small>
          {state.fault === undefined ? null : <small role="alert">{messages.previewSaveFailed(state.fault)}</small>}
        </span>
        {isMedia(facts.type) && state.shown === undefined
          ? button(messages.previewShowFile(facts.name), Eye, (file) => ({
              shown: file.slice(0, file.size, facts.type),
            }))
          : null}
        {button(messages.previewSaveFile(facts.name), Download, save)}
      </div>
      {state.shown === undefined ? null : <MediaFile file={state.shown} size={size} />}
    </>
  );
}

function factsOf(data: Json): { readonly name: string; readonly type: string; readonly size: number } {
  const { name, type, size } = (typeof data === 'object' && data !== null ? data : {}) as JsonObject;
  return {
    name: typeof name === 'string' && name !== '' ? name : 'file',
    type: typeof type === 'string' ? type : '',
    size: typeof size === 'number' ? size : 0,
  };
}
