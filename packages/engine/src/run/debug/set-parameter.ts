import type { Json, NodeId } from '@loom/graph';
import type { Clock } from '../../clock.js';
import type { FrameStep } from '../../event.js';
import type { ParameterAnswer } from '../../executor.js';
import { faultFrom } from '../../fault.js';
import type { Frame } from '../frame.js';
import { allFrames, frameAt } from './find-frames.js';

/** How long a running node may take to answer. */
const ANSWER_MS = 5_000;

/** Hands a parameter to one node that runs in a frame; undefined when it does not. */
export type SetInFrame = (
  frame: Frame,
  node: number,
  name: string,
  value: Json,
) => Promise<ParameterAnswer> | undefined;

/** Hands a live parameter to a node: in the frame that is named, or in all frames in which it runs. */
export async function setParameter(
  root: Frame,
  clock: Clock,
  set: SetInFrame,
  parameter: {
    readonly node: NodeId;
    readonly name: string;
    readonly value: Json;
    readonly path?: readonly FrameStep[];
  },
): Promise<ParameterAnswer> {
  const { node, name, value, path } = parameter;
  const named = path && frameAt(root, path);
  const frames = path ? (named ? [named] : []) : allFrames(root);
  const answers = frames.flatMap((frame) => {
    const index = frame.flow.indexOf.get(node);
    const answer = index === undefined ? undefined : set(frame, index, name, value);
    return answer ? [withinTime(answer, clock)] : [];
  });
  const settled = await Promise.all(answers);
  return (
    settled.find(({ status }) => status === 'applied') ??
    settled.find(({ status }) => status === 'rejected') ?? { status: 'no-handler' }
  );
}

function withinTime(answer: Promise<ParameterAnswer>, clock: Clock): Promise<ParameterAnswer> {
  return new Promise((resolve) => {
    const reason = `The node did not answer within ${ANSWER_MS / 1000} s.`;
    const timer = clock.setTimeout(() => resolve({ status: 'rejected', reason }), ANSWER_MS);
    const settle = (settled: ParameterAnswer): void => {
      clock.clearTimeout(timer);
      resolve(settled);
    };
    answer.then(settle, (thrown) => settle({ status: 'rejected', reason: faultFrom(thrown).message }));
  });
}
