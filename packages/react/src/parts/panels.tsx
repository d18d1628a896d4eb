import type { ReactNode } from 'react';
import { lazyPart } from './lazy-part.js';

const Library = lazyPart(() => import('../editor/LibrarySide.js').then(({ LibrarySide }) => LibrarySide));
const Inspector = lazyPart(() => import('../editor/inspector/Inspector.js').then((module) => module.Inspector));
const Code = lazyPart(() => import('../editor/inspector/SelectedCode.js').then(({ SelectedCode }) => SelectedCode));
const Console = lazyPart(() => import('../console/RunOutput.js').then(({ RunOutput }) => RunOutput));
const Problems = lazyPart(() => import('../editor/Problems.js').then((module) => module.Problems));
const Timeline = lazyPart(() => import('../timeline/Timeline.js').then((module) => module.Timeline));

/*
 * The panels of an editor as parts, each in the height that its parent gives it. Their code loads when they are shown
 * first.
 */

/** The node types that can be added, with a search: by click, by key, or dragged onto the canvas. */
export function LoomLibrary(): ReactNode {
  return <Library />;
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
