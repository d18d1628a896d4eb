import type { CommandContext } from '../commands/command.js';
import { copyText } from '../console/copy-text.js';
import { shownRun } from '../run/shown-run.js';
import { wireSummary } from '../run/wire-summary.js';
import { type PortPlace, wiresAt } from './port-place.js';

/** Longer texts make a clipboard slow, and nobody wants to paste them. */
const MOST_CHARACTERS = 2_000_000;

/** Whether a port has something that can be copied: a value of a run, or one that was typed in. */
export function hasValue({ store }: CommandContext, place: PortPlace): boolean {
  return valueRef({ store }, place) !== undefined || literal({ store }, place) !== undefined;
}

/** Puts the value at a port into the clipboard: text as it is, everything else as JSON. */
export async function copyValue({ store, canvas, messages }: CommandContext, place: PortPlace): Promise<void> {
  const ref = valueRef({ store }, place);
  const engine = store.engine();
  try {
    const value = ref === undefined || engine === undefined ? literal({ store }, place) : await engine.read(ref);
    const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
    const near = canvas.element();
    if (text === undefined || text.length > MOST_CHARACTERS) store.notify(messages().copyValueLarge, 'warning');
    else if (near !== undefined && (await copyText(text, near))) store.announce(messages().copyValueDone);
    else store.notify(messages().clipboardRefused, 'warning');
  } catch (error) {
    store.notify(error instanceof Error ? error.message : String(error), 'warning');
  }
}

function valueRef({ store }: Pick<CommandContext, 'store'>, place: PortPlace) {
  const state = store.getState();
  if (place.side === 'source') {
    const given = shownRun(state, place.node)?.outputs?.[place.port];
    if (given !== undefined) return given.ref;
  }
  const [wire] = wiresAt(state.flow.document, place);
  return wire === undefined ? undefined : wireSummary(store, wire)?.ref;
}

function literal({ store }: Pick<CommandContext, 'store'>, { node, port, side }: PortPlace) {
  return side === 'target' ? store.getState().flow.document.nodes[node]?.inputs?.[port] : undefined;
}
