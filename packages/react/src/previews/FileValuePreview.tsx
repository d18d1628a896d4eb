import type { Json, JsonObject } from '@loom/graph';
import { Download, File } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { download } from '../editor/save-file.js';
import { useMessages } from '../messages/messages.js';
import type { PreviewRendererProps } from './renderer.js';

/** A file that a node gave: its name, its type, its size, and a button that fetches it and saves it. */
export function FileValuePreview({ data, size, loadValue }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly fault?: string }>({ isBusy: false });
  const facts = factsOf(data);

  async function save(load: () => Promise<unknown>): Promise<void> {
    setState({ isBusy: true });
    try {
      const value = await load();
      if (!(value instanceof Blob)) throw new TypeError(messages.outputGone);
      download(value, facts.name);
      setState({ isBusy: false });
    } catch (thrown) {
      setState({ isBusy: false, fault: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  return (
    <div className="loom-preview-file">
      <File size={18} aria-hidden="true" />
      <span>
        {facts.name}
        <small>{[facts.type, messages.previewBytes(facts.size)].filter(Boolean).join(' · ')}</small>
        {state.fault === undefined ? null : <small role="alert">{messages.previewSaveFailed(state.fault)}</small>}
      </span>
      {size === 'panel' && loadValue !== undefined ? (
        <button
          type="button"
          className="loom-icon-button"
          aria-label={messages.previewSaveFile(facts.name)}
          title={messages.previewSaveFile(facts.name)}
          disabled={state.isBusy}
          onClick={() => void save(loadValue)}
        >
          <Download size={14} aria-hidden="true" />
        </button>
      ) : null}
    </div>
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
