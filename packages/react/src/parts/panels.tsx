import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { lazyPart } from './lazy-part.js';

const Library = lazyPart(() => import('./later-panels.js').then((module) => module.LibrarySide));
const Outline = lazyPart(() => import('./later-panels.js').then((module) => module.Outline));
const Inspector = lazyPart(() => import('./later-panels.js').then((module) => module.Inspector));
const Code = lazyPart(() => import('./later-panels.js').then((module) => module.SelectedCode));
const Console = lazyPart(() => import('./later-panels.js').then((module) => module.RunOutput));
const Problems = lazyPart(() => import('./later-panels.js').then((module) => module.Problems));
const Timeline = lazyPart(() => import('./later-panels.js').then((module) => module.Timeline));

const PastRun = lazyPart(() => import('./later-panels.js').then((module) => module.PastRunBanner));

/*
 * The panels of an editor as parts, each in the height that its parent gives it. Their code loads when they are shown
 * first.
 */

/**
 * The node types that can be added, with a search: by click, by key, or dragged onto the canvas.
 *
 * @example
 * ```tsx
 * <nav style={{ width: 220 }}>
 *   <LoomLibrary />
 * </nav>
 * ```
 */
export function LoomLibrary(): ReactNode {
  return <Library />;
}

/**
 * The flow as a tree: all that can be done on the canvas can be done here, by keys and without seeing it.
 *
 * @example
 * ```tsx
 * <nav style={{ width: 260 }}>
 *   <LoomOutline />
 * </nav>
 * ```
 */
export function LoomOutline(): ReactNode {
  return <Outline />;
}

/**
 * Everything about the selected node, wire or flow, with fields for its inputs and settings.
 *
 * @example
 * ```tsx
 * <aside style={{ width: 320, overflow: 'auto' }}>
 *   <LoomInspector />
 * </aside>
 * ```
 */
export function LoomInspector(): ReactNode {
  return <Inspector />;
}

/**
 * The code of the selected node.
 *
 * @example
 * ```tsx
 * <LoomProvider defaultDocument={flow} library={library}>
 *   <LoomRoot style={{ height: 400 }}>
 *     <LoomCode />
 *   </LoomRoot>
 * </LoomProvider>
 * ```
 */
export function LoomCode(): ReactNode {
  return <Code />;
}

/**
 * What nodes print.
 *
 * @example
 * ```tsx
 * <footer style={{ height: 200 }}>
 *   <LoomConsole />
 * </footer>
 * ```
 */
export function LoomConsole(): ReactNode {
  return <Console />;
}

/**
 * What is wrong with the flow as it stands.
 *
 * @example
 * ```tsx
 * <footer style={{ height: 160 }}>
 *   <LoomProblems />
 * </footer>
 * ```
 */
export function LoomProblems(): ReactNode {
  return <Problems />;
}

/**
 * When each node ran, run by run.
 *
 * @example
 * ```tsx
 * <footer style={{ height: 240 }}>
 *   <LoomTimeline />
 * </footer>
 * ```
 */
export function LoomTimeline(): ReactNode {
  return <Timeline />;
}

/**
 * Says which earlier run is shown, and leads back to the newest. Nothing while that is what one looks at.
 *
 * @example
 * ```tsx
 * <LoomRoot style={{ display: 'grid', gridTemplateRows: 'auto 1fr', height: 600 }}>
 *   <LoomPastRun />
 *   <LoomCanvas />
 * </LoomRoot>
 * ```
 */
export function LoomPastRun(): ReactNode {
  const isLooking = useLoom((state) => state.session.pastRun !== undefined);
  return isLooking ? <PastRun /> : null;
}
