/*
 * The code of all panels, which loads as one: apart, they would share a hundred small files that take longer than their bytes.
 */
export { RunOutput } from '../console/RunOutput.js';
export { Inspector } from '../editor/inspector/Inspector.js';
export { SelectedCode } from '../editor/inspector/SelectedCode.js';
export { LibrarySide } from '../editor/LibrarySide.js';
export { Problems } from '../editor/Problems.js';
export { Outline } from '../outline/Outline.js';
export { PastRunBanner } from '../timeline/PastRunBanner.js';
export { Timeline } from '../timeline/Timeline.js';
