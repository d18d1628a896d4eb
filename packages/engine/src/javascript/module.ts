import { LoomError, type NodeFunction } from '@loom/graph';
import type { Definition } from '../executor.js';
import { faultFrom } from '../fault.js';
import type { NodeError } from '../node-error.js';
import { javascriptFault, nameSource, syntaxFault } from './fault.js';
import type { ResultShape } from './result.js';
import { resultShape } from './streaming-result.js';
import { syntaxErrorLine } from './syntax-line.js';

/** Turns the source of a flow type into a module. */
export type LoadModule = (source: string) => Promise<{ readonly default: unknown }>;

/**
 * Imports a `data:` URL. A page whose Content Security Policy has no `script-src data:` passes its own loader, for
 * example over Blob URLs. The browser keeps imported modules for ever: each revision of a source costs its size once.
 */
export const importDataUrl: LoadModule = (source) =>
  // The comments keep bundlers from looking into the import.
  import(
    /* @vite-ignore */ /* webpackIgnore: true */ `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`
  );

/** Code that is ready to be called, or why it is not. */
export type LoadedNode =
  | { readonly ok: true; readonly run: NodeFunction; readonly shape: ResultShape; readonly sourceText?: string }
  | { readonly ok: false; readonly error: NodeError };

/** Makes a definition callable. Never rejects: a fault in the source belongs to the tasks that use it. */
export async function loadNode(definition: Definition, loadModule: LoadModule): Promise<LoadedNode> {
  const { implementation, typeId } = definition;
  const shape = resultShape(definition);
  if (implementation.kind === 'function') return { ok: true, run: implementation.run, shape };
  if (implementation.language !== 'javascript') {
    const message = `This executor runs JavaScript, and "${typeId}" is written in ${implementation.language}.`;
    return { ok: false, error: faultFrom(new LoomError('node/no-executor', message)) };
  }
  const { source, entry, revision } = implementation;
  try {
    const module = await loadModule(nameSource(source, typeId, revision));
    const run = (module as unknown as Readonly<Record<string, unknown>>)[entry];
    if (typeof run === 'function') return { ok: true, run: run as NodeFunction, shape, sourceText: source };
    const wanted =
      entry === 'default' ? 'export default (inputs) => ({ … })' : `export function ${entry}(inputs) { … }`;
    const message = `The source exports no function to run. Add: ${wanted}`;
    return { ok: false, error: faultFrom(new LoomError('javascript/no-function', message)) };
  } catch (thrown) {
    const { name, message } = (thrown ?? {}) as { readonly name?: unknown; readonly message?: unknown };
    const text = { typeId, text: source };
    if (name !== 'SyntaxError') return { ok: false, error: javascriptFault(thrown, text) };
    return { ok: false, error: syntaxFault(thrown, text, await syntaxErrorLine(source, String(message), loadModule)) };
  }
}
