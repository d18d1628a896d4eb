import { builtinShelf, createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createLibrary } from '@loom/graph';
import {
  type AppCommands,
  type EditorComponents,
  LoomCanvas,
  type LoomHandle,
  LoomInspector,
  LoomProvider,
  LoomRoot,
  type NodeViews,
  type ThemeTokens,
} from '@loom/react';
import { type ReactNode, useRef, useState } from 'react';
import { Bar } from './Bar.js';
import { ColorField } from './ColorField.js';
import { hexOf, readColor } from './color.js';
import { startFlow } from './flow.js';
import { paletteShelf } from './nodes.js';
import { PALETTE } from './palette-data.js';
import { NewestPalette, PaletteView, ShadesView } from './Shades.js';

const library = createLibrary({ shelves: [paletteShelf, builtinShelf] });
const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });

// One object each, made once: the editor compares them.
const nodeViews: NodeViews = { 'palette/shades': { component: ShadesView, height: 132 } };
const widgets = { color: ColorField };
const previews = { [PALETTE]: PaletteView };
/** The bar below has what this app needs of zoom; a map of five nodes helps nobody. */
const components: EditorComponents = { Minimap: null, Controls: null };
const commands: AppCommands = {
  'palette.turn': { title: 'Turn the wheel', keys: ['Alt+T'], menus: ['pane'], run: turn },
};
const tokens: ThemeTokens = { accent: 'light-dark(#b4236b, #ff8ab9)', 'accent-hover': 'light-dark(#97195a, #ffa6ca)' };

/** Moves the base colour on, as one step that can be undone. */
function turn(loom: LoomHandle): void {
  const color = loom.getDocument().nodes.base?.inputs?.color;
  if (typeof color !== 'string') return;
  const { hue, ...rest } = readColor(color);
  const value = hexOf({ ...rest, hue: (hue + 40) % 360 });
  loom.edit('Turn the wheel', [{ kind: 'set-input', id: 'base', port: 'color', value }]);
}

/** The whole app: a heading that reaches the editor by its handle, and the parts in a grid. */
export function Studio(): ReactNode {
  const loom = useRef<LoomHandle>(null);
  const [theme, setTheme] = useState<'light' | 'dark'>(() =>
    window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  );
  return (
    <div className="studio" data-theme={theme}>
      <header>
        <h1>Palette</h1>
        <button type="button" onClick={() => loom.current?.setDocument(startFlow)}>
          Start again
        </button>
        <button type="button" onClick={() => setTheme(theme === 'light' ? 'dark' : 'light')}>
          {theme === 'light' ? 'Dark' : 'Light'}
        </button>
      </header>
      <LoomProvider
        ref={loom}
        defaultDocument={startFlow}
        {...{ library, engine, nodeViews, widgets, previews, components, commands }}
      >
        <LoomRoot className="studio-parts" theme={theme} tokens={tokens}>
          <LoomCanvas>
            <Bar />
          </LoomCanvas>
          <aside>
            <section aria-label="Result">
              <NewestPalette node="shades" />
            </section>
            <LoomInspector />
          </aside>
        </LoomRoot>
      </LoomProvider>
    </div>
  );
}
