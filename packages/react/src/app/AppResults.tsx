import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { lazyPart } from '../parts/lazy-part.js';
import { LazyPreview } from '../previews/lazy-preview.js';
import type { PreviewRenderers } from '../previews/renderer.js';
import { useLoadMore } from '../previews/useLoadMore.js';
import { useLoadValue } from '../previews/useLoadValue.js';
import { nodeTitle } from '../store/loom-store.js';
import type { AppInput, AppOutput } from './app-ports.js';

const Working = lazyPart(() => import('./AppWorking.js').then((module) => module.AppWorking));

/** More errors than this help nobody. */
const MAX_ERRORS = 5;

/** Props of {@link AppResults}. */
export interface AppResultsProps {
  readonly inputs: readonly AppInput[];
  readonly outputs: readonly AppOutput[];
  /** What is shown was made with other values than the form has now. */
  readonly isOld: boolean;
  readonly previews: PreviewRenderers | undefined;
}

/** What a flow gives: each result by its richest view, as soon as it is there. */
export function AppResults({ inputs, outputs, isOld, previews }: AppResultsProps): ReactNode {
  const messages = useMessages();
  const running = useLoom(({ runs }) => runs.running);
  // Before the first run, and after one that was stopped before it gave anything.
  const isBare = useLoom(
    ({ runs: { run } }) =>
      !running &&
      run.status !== 'failed' &&
      outputs.every(({ node, port }) => run.nodes.get(node)?.outputs?.[port] === undefined),
  );
  return (
    <section className="loom-app-results" aria-label={messages.appResults} data-old={isOld || undefined}>
      <Errors inputs={inputs} />
      {running ? <Working /> : null}
      {outputs.length === 0 ? <p className="loom-app-empty">{messages.appNoOutputs}</p> : null}
      {outputs.length > 0 && isBare ? <p className="loom-app-empty">{messages.appBefore}</p> : null}
      {isOld ? (
        <p className="loom-app-old" role="status">
          {messages.appOld}
        </p>
      ) : null}
      {outputs.map((output) => (
        <Result key={output.id} output={output} previews={previews} />
      ))}
    </section>
  );
}

function Result({
  output,
  previews,
}: {
  readonly output: AppOutput;
  readonly previews: PreviewRenderers | undefined;
}): ReactNode {
  const run = useLoom((state) => state.runs.run.nodes.get(output.node));
  const summary = run?.outputs?.[output.port];
  const lost = run?.valuesLost === true;
  const loadMore = useLoadMore(summary?.ref);
  const loadValue = useLoadValue(summary?.ref);
  if (summary === undefined) return null;
  return (
    <figure className="loom-app-result" data-pending={run?.status !== 'success' || undefined}>
      <figcaption>
        <span className="loom-app-result-title">{output.title}</span>
        <span className="loom-app-result-shape">{summary.shape}</span>
      </figcaption>
      {output.help === undefined ? null : <p className="loom-app-help">{output.help}</p>}
      <LazyPreview
        key={`${summary.ref.executor}:${summary.ref.handle}`}
        preview={summary.preview}
        size="panel"
        loadMore={lost ? undefined : loadMore}
        loadValue={lost ? undefined : loadValue}
        renderers={previews}
      />
    </figure>
  );
}

/** Each failed node, with the inputs that it takes. */
function Errors({ inputs }: Pick<AppResultsProps, 'inputs'>): ReactNode {
  const messages = useMessages();
  const nodes = useLoom((state) => state.runs.run.nodes);
  const runId = useLoom((state) => state.runs.run.runId);
  const flow = useLoom((state) => state.flow);
  const failed = [...nodes].flatMap(([node, state]) =>
    state.status === 'error' && state.runId === runId ? { node, error: state.error } : [],
  );
  if (failed.length === 0) return null;
  return (
    <ul className="loom-app-errors" role="alert">
      {failed.slice(0, MAX_ERRORS).map(({ node, error }) => {
        const concerned = inputs.filter((input) => input.node === node).map(({ port }) => port.title);
        return (
          <li key={node}>
            <CircleAlert size={14} aria-hidden="true" />
            <div>
              <strong>{messages.appFailed(nodeTitle(flow, node))}</strong> {error.message}
              {concerned.length === 0 ? null : <p>{messages.appConcerns(concerned)}</p>}
            </div>
          </li>
        );
      })}
      {failed.length > MAX_ERRORS ? <li>{messages.issuesMore(failed.length - MAX_ERRORS)}</li> : null}
    </ul>
  );
}
