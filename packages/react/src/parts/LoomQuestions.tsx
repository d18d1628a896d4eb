import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { lazyPart } from './lazy-part.js';

const Questions = lazyPart(() => import('../run/Questions.js').then((module) => module.Questions));

/**
 * What running nodes ask, such as `input()` in Python, with fields for the answers. Nothing while none asks.
 *
 * @example
 * ```tsx
 * <LoomRoot overlays={false}>
 *   <LoomQuestions />
 * </LoomRoot>
 * ```
 */
export function LoomQuestions(): ReactNode {
  const isAsking = useLoom((state) => state.runs.asking.length > 0);
  return isAsking ? <Questions /> : null;
}
