import type { CommandId } from './registry.js';

/** Keys by command; `null` or an empty list takes the keys away. */
export type Keymap = { readonly [Id in CommandId]?: readonly string[] | null } & {
  readonly [id: string]: readonly string[] | null | undefined;
};

/** Other keys for some commands; undefined gives a command its own back. */
export type KeymapChange = Readonly<Record<string, readonly string[] | undefined>>;

/** The keys that hold in one editor beside those that commands have of themselves. */
export interface KeymapState {
  /** The same object as long as nothing changes. */
  read(): Keymap;
  subscribe(listener: () => void): () => void;
  /** The app gave other keys. */
  given(): void;
  change(change: KeymapChange): void;
  /** Takes back all that was chosen. */
  reset(): void;
  /** Whether these keys were chosen, rather than being those of the command or of the app. */
  isChosen(id: string): boolean;
  /** The commands whose keys were chosen. */
  chosen(): readonly string[];
  /** Whether the app keeps what is chosen; else it holds as long as the editor is there. */
  isKept(): boolean;
}

/** What an app says of keys, as it is now. */
export interface KeymapOptions {
  keymap(): Keymap | undefined;
  onKeymapChange(): ((keymap: Keymap) => void) | undefined;
}

const NONE: Keymap = {};

/** With a callback the app holds what people choose, and gives it back; without one it lies over what the app gives. */
export function createKeymapState(options: KeymapOptions): KeymapState {
  const listeners = new Set<() => void>();
  let own = NONE;
  let together: { readonly given: Keymap; readonly own: Keymap; readonly keymap: Keymap } | undefined;

  const given = () => options.keymap() ?? NONE;
  const chosen = () => (options.onKeymapChange() === undefined ? own : given());
  const tell = () => {
    for (const listener of listeners) listener();
  };
  function choose(next: Keymap): void {
    const callback = options.onKeymapChange();
    if (callback === undefined) own = next;
    else callback(next);
    tell();
  }
  return {
    read() {
      if (options.onKeymapChange() !== undefined || own === NONE) return given();
      if (together?.given !== given() || together.own !== own) {
        together = { given: given(), own, keymap: { ...given(), ...own } };
      }
      return together.keymap;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    given: tell,
    change(change) {
      const next = Object.entries({ ...chosen(), ...change }).filter(([, keys]) => keys !== undefined);
      choose(Object.fromEntries(next));
    },
    reset: () => choose(NONE),
    isChosen: (id) => Object.hasOwn(chosen(), id),
    chosen: () => Object.keys(chosen()),
    isKept: () => options.onKeymapChange() !== undefined,
  };
}
