import type { Json } from '@loom/graph';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CodeEditor } from '../code/CodeEditor.js';
import { OutputLog } from '../console/OutputLog.js';
import { LibraryPanel } from '../library/LibraryPanel.js';
import { QuickAdd } from '../library/QuickAdd.js';
import { MessagesProvider } from '../messages/messages.js';
import { PreviewView } from '../previews/PreviewView.js';
import { PortWidget } from '../widgets/PortWidget.js';

const nothing = (): void => undefined;

function preview(mime: string, data: Json): ReactNode {
  return <PreviewView size="panel" preview={{ data: { [mime]: data }, truncated: false }} />;
}

const parts: readonly (readonly [string, ReactNode, string])[] = [
  [
    'a widget',
    <PortWidget
      key="widget"
      port={{ id: 'x', title: 'x', type: { kind: 'int' }, required: false }}
      value={7}
      onChange={nothing}
      onClear={nothing}
      inputId="x"
      label="Seven"
    />,
    'value="7"',
  ],
  ['the library', <LibraryPanel key="library" shelves={[]} onAdd={nothing} />, 'There are no node types.'],
  ['quick add', <QuickAdd key="quick" types={[]} onPick={nothing} onClose={nothing} />, 'role="combobox"'],
  ['the log', <OutputLog key="log" entries={[{ id: 1, stream: 'log', text: 'x', at: 0 }]} />, 'loom-log-scroller'],
  ['code', <CodeEditor key="code" value="x = 1" language="python" onChange={nothing} label="Code" />, 'x = 1'],
  ['text', preview('text/plain', 'hello'), 'hello'],
  ['HTML', preview('text/html', '<script>x</script>'), 'loom-preview-page'],
  ['Markdown', preview('text/markdown', '**x**'), '**x**'],
  ['a tree', preview('application/json', { a: 1 }), 'role="treeitem"'],
  [
    'a table',
    preview('application/vnd.loom.table+json', {
      columns: [{ name: 'a', type: 'int' }],
      rows: [[1]],
      total: 1,
      offset: 0,
    }),
    '1 row × 1 column',
  ],
];

describe('on a server, where there is no page', () => {
  it.each(parts)('%s is drawn', (_name, element, part) => {
    expect(typeof window).toBe('undefined');
    expect(renderToString(element)).toContain(part);
  });

  it('texts come from the nearest provider, and the rest stays English', () => {
    const html = renderToString(
      <MessagesProvider messages={{ librarySearch: 'Knoten suchen' }}>
        <MessagesProvider messages={{ libraryEmpty: 'Keine Knoten' }}>
          <LibraryPanel shelves={[]} onAdd={nothing} />
        </MessagesProvider>
      </MessagesProvider>,
    );
    expect(html).toContain('Knoten suchen');
    expect(html).toContain('Keine Knoten');
    expect(html).toContain('aria-label="Library"');
  });
});
