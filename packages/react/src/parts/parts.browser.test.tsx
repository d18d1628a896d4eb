import '../styles/styles.css';
import { createRef, type ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { library, sumFlow } from '../editor/fixture.js';
import {
  LoomCanvas,
  LoomCode,
  LoomConsole,
  type LoomHandle,
  LoomInspector,
  LoomLibrary,
  LoomProblems,
  LoomProvider,
  type LoomProviderProps,
  LoomRoot,
  LoomRunControls,
  LoomTimeline,
  LoomToolbar,
  type NodeViewProps,
  useCommand,
  useHistory,
  useInput,
  useSelection,
} from '../index.js';

/** Parts in a layout of an app's own, without `<LoomEditor>`. */
async function renderParts(content: ReactNode, options: Partial<LoomProviderProps> = {}) {
  const ref = createRef<LoomHandle>();
  const screen = await render(
    <LoomProvider ref={ref} defaultDocument={sumFlow} library={library} {...options}>
      <LoomRoot style={{ display: 'grid', gridTemplateColumns: '1fr 320px', width: 1100, height: 600 }}>
        {content}
      </LoomRoot>
    </LoomProvider>,
  );
  const handle = () => {
    if (ref.current === null) throw new Error('The provider gave no handle.');
    return ref.current;
  };
  return { screen, handle, node: (id: string) => screen.container.querySelector(`.react-flow__node[data-id="${id}"]`) };
}

test('canvas and inspector in a layout of the app share flow, selection and history', async () => {
  const { screen, handle, node } = await renderParts(
    <>
      <LoomCanvas />
      <LoomInspector />
    </>,
  );
  await expect.poll(() => node('one')).not.toBeNull();
  handle().select({ nodes: ['one'] });
  const title = screen.getByRole('textbox', { name: 'Title' });
  await title.fill('Uno');
  await expect.element(screen.getByRole('heading', { name: 'Uno', level: 3 })).toBeVisible();
  expect(handle().undo()).toBe(true);
  await expect.poll(() => handle().getDocument().nodes.one?.label).toBe(sumFlow.nodes.one?.label);
});

test.each([
  ['LoomLibrary', <LoomLibrary key="part" />, 'Search nodes'],
  ['LoomToolbar', <LoomToolbar key="part" />, 'Toolbar'],
])('%s stands alone', async (_name, part, label) => {
  const { screen } = await renderParts(part);
  await expect.element(screen.getByLabelText(label, { exact: false }).first()).toBeVisible();
});

test.each([
  ['LoomConsole', <LoomConsole key="part" />, 'No output yet. Run the flow to see what its nodes print.'],
  ['LoomProblems', <LoomProblems key="part" />, 'No problems.'],
  ['LoomTimeline', <LoomTimeline key="part" />, 'run'],
  ['LoomCode', <LoomCode key="part" />, 'Select a node with code'],
])('%s stands alone', async (_name, part, text) => {
  const { screen } = await renderParts(part);
  await expect.element(screen.getByText(text, { exact: false }).first()).toBeVisible();
});

test('keys work in the layout of an app, and only there', async () => {
  const { handle, node } = await renderParts(<LoomCanvas />);
  await expect.poll(() => node('one')).not.toBeNull();
  handle().select({ nodes: ['one'] });
  await userEvent.keyboard('{Delete}');
  expect(handle().getDocument().nodes.one).toBeDefined();
  handle().focus();
  await userEvent.keyboard('{Delete}');
  expect(handle().getDocument().nodes.one).toBeUndefined();
});

test('hooks give the smallest slice, and buttons of the app run commands', async () => {
  function Bar() {
    const undo = useCommand('edit.undo');
    const history = useHistory();
    const selection = useSelection();
    const [value, setValue] = useInput('one', 'value');
    return (
      <>
        <button type="button" disabled={!undo.enabled} onClick={undo.run}>
          {history.undo ?? 'nothing'}
        </button>
        <output>{`${selection.nodes.size} ${value}`}</output>
        <button type="button" onClick={() => setValue(40)}>
          forty
        </button>
      </>
    );
  }
  const { screen, handle } = await renderParts(<Bar />);
  handle().select({ nodes: ['one', 'two'] });
  await screen.getByRole('button', { name: 'forty' }).click();
  await expect.element(screen.getByText('2 40')).toBeVisible();
  await screen.getByRole('button', { name: 'value' }).click();
  await expect.element(screen.getByText(`2 ${sumFlow.nodes.one?.inputs?.value}`)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'nothing' })).toBeDisabled();
});

test('commands are added, changed and taken away', async () => {
  const publish = vi.fn();
  const { screen, handle, node } = await renderParts(
    <>
      <LoomCanvas />
      <LoomToolbar />
    </>,
    {
      commands: {
        'app.publish': {
          title: 'Publish',
          keys: ['Mod+Shift+U'],
          menus: ['pane'],
          run: (loom) => publish(loom.getDocument()),
        },
        'file.open': null,
        'edit.duplicate': { title: 'Twin', when: () => false },
      },
    },
  );
  await expect.poll(() => node('one')).not.toBeNull();
  handle().focus();
  await userEvent.keyboard('{Control>}{Shift>}u{/Shift}{/Control}');
  expect(publish).toHaveBeenCalledExactlyOnceWith(handle().getDocument());
  handle().select({ nodes: ['one'] });
  expect(handle().canRunCommand('edit.duplicate')).toBe(false);
  expect(handle().runCommand('file.open')).toBe(false);
  expect(screen.getByRole('button', { name: 'Open' }).query()).toBeNull();
  const pane = screen.container.querySelector('.react-flow__pane');
  pane?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 30, clientY: 30 }));
  await screen.getByRole('menuitem', { name: 'Publish' }).click();
  expect(publish).toHaveBeenCalledTimes(2);
});

test('slots take null, and a part of the app that throws takes nothing else with it', async () => {
  const Broken = () => {
    throw new Error('no bread crumbs');
  };
  const { screen, node } = await renderParts(<LoomCanvas />, {
    components: { Minimap: null, Controls: null, Notices: Broken },
  });
  await expect.poll(() => node('one')).not.toBeNull();
  expect(screen.container.querySelector('.loom-minimap')).toBeNull();
  expect(screen.container.querySelector('.loom-canvas-controls')).toBeNull();
  await expect.element(screen.getByText('This part cannot be shown: no bread crumbs')).toBeVisible();
});

test('an app draws nodes of a type or a category itself; one that fails says so on the node', async () => {
  const Look = ({ title, inputs }: NodeViewProps) => <p>{`${title} takes ${inputs.length}`}</p>;
  const Fails = () => {
    throw new Error('no paint');
  };
  const { screen, node } = await renderParts(<LoomCanvas />, {
    nodeViews: { 'test/add': { component: Look, height: 150 }, 'category:Text': Fails },
  });
  await expect.element(screen.getByText(/takes 2/)).toBeVisible();
  await expect.element(screen.getByText('The view of this node failed: no paint').first()).toBeVisible();
  expect(node('sum')?.querySelector('.loom-node-view')?.clientHeight).toBeGreaterThanOrEqual(148);
});

test('tokens of an app hold in its root', async () => {
  const screen = await render(
    <LoomProvider library={library}>
      <LoomRoot tokens={{ accent: 'rgb(1, 2, 3)' }} className="mine">
        <LoomRunControls />
      </LoomRoot>
    </LoomProvider>,
  );
  const root = screen.container.querySelector('.mine');
  expect(root === null ? '' : getComputedStyle(root).getPropertyValue('--loom-accent')).toBe('rgb(1, 2, 3)');
});
