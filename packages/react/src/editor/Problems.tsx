import { type Issue, validate } from '@loom/graph';
import { inputProblem } from '@loom/graph/schema';
import { type ReactNode, useDeferredValue, useMemo } from 'react';
import { useLoomStore } from '../hooks/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { rootStore } from '../subgraph/opened-store.js';
import { IssueList } from './IssueList.js';
import { useShowNode } from './useShowNode.js';

/** What is wrong anywhere in the flow, also while a subgraph is open. */
export function Problems(): ReactNode {
  const messages = useMessages();
  const store = useLoomStore();
  const show = useShowNode();
  const document = useLoom(() => rootStore(store).getState().flow.document);
  const library = useLoom((state) => state.flow.library);
  // Checking a large flow while one types must not hold the typing.
  const settled = useDeferredValue(document);
  const issues = useMemo(
    (): readonly Issue[] => validate(settled, library, { checkInput: inputProblem }),
    [settled, library],
  );
  if (issues.length === 0) return <p className="loom-empty-text">{messages.noProblems}</p>;
  return <IssueList issues={issues} onSelectNode={show} />;
}
