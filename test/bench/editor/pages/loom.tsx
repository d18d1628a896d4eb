import '../../../../packages/react/src/styles/styles.css';
import { copyFragment, type NodeId } from '@loom/graph';
import { createLoomStore, LoomEditor, type LoomHandle, type LoomStore } from '@loom/react';
import { createRef } from 'react';
import { createRoot } from 'react-dom/client';
import { type Grid, gridOf, middleOf } from './grid.js';
import { documentOf, library } from './loom-flow.js';
import { elementOf, emptyPlace, isAt } from './page-places.js';
import { createSpeakingEngine } from './speaking-engine.js';
import { NEAR_SIDE, PASTED, type Point, type Subject } from './subject.js';

/** What only ours is asked for. */
export interface LoomSubject extends Subject {
  /** Starts a run that does not end, for the events to belong to. */
  startRun(): void;
  /** Says so many events of that run at once, of nodes in turn. */
  sayEvents(count: number): void;
  /** Begins to lay out the whole flow. */
  layOut(): void;
  /** Whether nodes lie elsewhere than before {@link LoomSubject.layOut}. */
  isLaidOut(): boolean;
}

/** What a node says from its start to its end. */
const STEPS = [
  'node-started',
  ...Array.from({ length: 4 }, () => ['node-progress', 'node-output'] as const).flat(),
  'node-succeeded',
] as const;

/** How far beside a flow one grips the pane, in pixels. */
const MARGIN = 20;

export function loom(): LoomSubject {
  const engine = createSpeakingEngine();
  const handle = createRef<LoomHandle>();
  const fragment = JSON.stringify(
    copyFragment(
      documentOf(gridOf(PASTED)),
      gridOf(PASTED).nodes.map(({ id }) => id),
    ),
  );
  let store: LoomStore | undefined;
  let middle: readonly NodeId[] = [];
  let ids: readonly NodeId[] = [];
  let runId = '';
  let said = 0;
  let before: unknown;

  const known = (): LoomStore => {
    if (store === undefined) throw new Error('Nothing was drawn.');
    return store;
  };
  const root = () => document.querySelector<HTMLElement>('.loom-canvas');
  /** Above its middle there is room in a wide flow. */
  const isOverFlow = ({ y }: Point): boolean => {
    const [first = ''] = Object.keys(known().getState().flow.document.nodes);
    const { top } = elementOf('.loom-canvas').getBoundingClientRect();
    const { d, f } = new DOMMatrix(getComputedStyle(elementOf('.react-flow__viewport')).transform);
    const start = known().getState().flow.document.nodes[first]?.position.y ?? 0;
    return y - top > start * d + f - MARGIN;
  };
  const nodeElement = (id: NodeId) => elementOf(`.react-flow__node[data-id="${id}"]`);

  return {
    draw(grid: Grid) {
      middle = middleOf(grid, NEAR_SIDE);
      ids = [...new Set([...middle, ...grid.nodes.map(({ id }) => id)])];
      store = createLoomStore({ document: documentOf(grid), library, engine });
      const place = document.createElement('div');
      place.style.cssText = 'position: fixed; inset: 0';
      document.body.append(place);
      createRoot(place).render(<LoomEditor ref={handle} store={store} />);
    },
    isDrawn: () => document.querySelector('.react-flow__node') !== null,
    lookAt: (view) => handle.current?.fitView(view === 'near' ? middle : undefined),
    whereabouts(id) {
      const { position } = known().getState().flow.document.nodes[id] ?? {};
      const place = known().getState().session.drag?.get(id) ?? position;
      return `${elementOf('.react-flow__viewport').style.transform} ${place?.x} ${place?.y}`;
    },
    grip(id) {
      const { x, y, width, height } = (
        nodeElement(id).querySelector('.loom-node-title') ?? nodeElement(id)
      ).getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    ground() {
      const isPicture = document.querySelector('.loom-overview') !== null;
      return emptyPlace(elementOf('.loom-canvas'), (point) => {
        // In the picture of a flow nothing has an element of its own: one grips beside all of it.
        return isAt(point, 'react-flow__pane') && !(isPicture && isOverFlow(point));
      });
    },
    paste() {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', fragment);
      root()?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    undo() {
      root()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', code: 'KeyZ', ctrlKey: true, bubbles: true }));
    },
    count: () => Object.keys(known().getState().flow.document.nodes).length,
    startRun() {
      runId = known().run().id;
    },
    changeStates(count) {
      engine.say(
        runId,
        ids.slice(0, count).map((node) => ({ kind: 'node-started', node })),
      );
    },
    sayEvents(count) {
      const events = Array.from({ length: count }, () => {
        const node = ids[Math.floor(said / STEPS.length) % ids.length] ?? '';
        const kind = STEPS[said++ % STEPS.length];
        switch (kind) {
          case 'node-progress':
            return { kind, node, fraction: (said % STEPS.length) / STEPS.length } as const;
          case 'node-output':
            return { kind, node, stream: 'stdout', text: `line ${said}\n` } as const;
          case 'node-succeeded':
            return { kind, node, durationMs: 3, cached: false, outputs: {} } as const;
          default:
            return { kind: 'node-started', node } as const;
        }
      });
      engine.say(runId, events);
    },
    layOut() {
      before = known().getState().flow.document;
      root()?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'T', code: 'KeyT', altKey: true, shiftKey: true, bubbles: true }),
      );
    },
    isLaidOut: () => known().getState().flow.document !== before,
  };
}
