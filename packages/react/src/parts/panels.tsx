import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { lazyPart } from './lazy-part.js';

const Library = lazyPart(() => import('../editor/LibrarySide.js').then(({ LibrarySide }) => LibrarySide));
const Outline = lazyPart(() => import('../outline/Outline.js').then((module) => module.Outline));
const Inspector = lazyPart(() => import('../editor/inspector/Inspector.js').then((module) => module.Inspector));
const Code = lazyPart(() => import('../editor/inspector/SelectedCode.js').then(({ SelectedCode }) => SelectedCode));
const Console = lazyPart(() => import('../console/RunOutput.js').then(({ RunOutput }) => RunOutput));
const Problems = lazyPart(() => import('../editor/Problems.js').then((module) => module.Problems));
const Timeline = lazyPart(() => import('../timeline/Timeline.js').then((module) => module.Timeline));

const PastRun = lazyPart(() => import('../timeline/PastRunBanner.js').then(({ PastRunBanner }) => PastRunBanner));

/*
 * The panels of an editor as parts, each in the height that its parent gives it. Their code loads when they are shown
 * first.
 */

/** The node types that can be added, with a search: by click, by key, or dragged onto the canvas. */
export function LoomLibrary(): ReactNode {
  return <Library />;
}

/** The flow as a tree: all that can be done on the canvas can be done here, by keys and without seeing it. */
export function LoomOutline(): ReactNode {
  return <Outline />;
}

/** Everything about the selected node, wire or flow, with fields for its inputs and settings. */
export function LoomInspector(): ReactNode {
  return <Inspector />;
}

/** The code of the selected node. */
export function LoomCode(): ReactNode {
  return <Code />;
}

/** What nodes print. */
export function LoomConsole(): ReactNode {
  return <Console />;
}

/** What is wrong with the flow as it stands. */
export function LoomProblems(): ReactNode {
  return <Problems />;
}

/** When each node ran, run by run. */
export function LoomTimeline(): ReactNode {
  return <Timeline />;
}

/** Says which earlier run is shown, and leads back to the newest. Nothing while that is what one looks at. */
export function LoomPastRun(): ReactNode {
  const isLooking = useLoom((state) => state.session.pastRun !== undefined);
  return isLooking ? <PastRun /> : null;
}
