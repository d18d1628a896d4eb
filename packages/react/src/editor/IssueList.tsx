import type { Issue, NodeId } from '@loom/graph';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';

/** A file can have a million faults: nobody reads more than this. */
const MAX_SHOWN = 200;

/** Props of {@link IssueList}. */
export interface IssueListProps {
  readonly issues: readonly Issue[];
  readonly onSelectNode?: (id: NodeId) => void;
}

/** What is wrong, worst first as it comes, each with its place. */
export function IssueList({ issues, onSelectNode }: IssueListProps): ReactNode {
  const messages = useMessages();
  return (
    <ul className="loom-issues">
      {issues.slice(0, MAX_SHOWN).map((issue, index) => {
        const [table, node] = issue.path;
        const Icon = issue.severity === 'error' ? CircleAlert : TriangleAlert;
        const place = issue.path.join(' › ');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole, and issues have no id
          <li key={index} className="loom-issue" data-severity={issue.severity}>
            <Icon size={13} aria-hidden="true" />
            <span>{issue.message}</span>
            {onSelectNode !== undefined && table === 'nodes' && typeof node === 'string' ? (
              <button type="button" className="loom-link" onClick={() => onSelectNode(node)}>
                {place}
              </button>
            ) : (
              <code>{place}</code>
            )}
          </li>
        );
      })}
      {issues.length > MAX_SHOWN ? <li>{messages.issuesMore(issues.length - MAX_SHOWN)}</li> : null}
    </ul>
  );
}
