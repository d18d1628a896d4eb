import type { FrameStep } from '../../event.js';
import type { ContainerRun } from '../container/container-run.js';
import type { Frame } from '../frame.js';

/** The frame at the end of a path; undefined when it is gone, or never was. */
export function frameAt(root: Frame, path: readonly FrameStep[]): Frame | undefined {
  let frame: Frame | undefined = root;
  for (const { node, index } of path) {
    const place: number | undefined = frame?.flow.indexOf.get(node);
    const body: ContainerRun<Frame> | undefined = place === undefined ? undefined : frame?.bodies.get(place);
    frame = body?.frames().find((each) => each.index === index);
  }
  return frame;
}

/** Every frame that is there, the root first. */
export function allFrames(root: Frame): Frame[] {
  const frames = [root];
  for (let i = 0; i < frames.length; i++) {
    for (const body of frames[i]?.bodies.values() ?? []) frames.push(...body.frames());
  }
  return frames;
}
