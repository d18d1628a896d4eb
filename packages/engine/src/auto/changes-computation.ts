import type { FlowDocument, FlowNode, NodeSettings } from '@loom/graph';

/** Settings that say how a node is run, and nothing of what it gives. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set<keyof NodeSettings>([
  'breakpoint',
  'cache',
  'eventPolicy',
  'retries',
  'timeoutMs',
]);

/**
 * Whether an edit changed what a flow computes: a node that is new or has another type, value, setting or wire, and the code
 * that nodes use. Where it is not sure it says yes, since the run that follows reuses whatever still holds. Looks only into
 * what is another object, so it is quick for documents that share most of theirs.
 */
export function changesComputation(before: FlowDocument, after: FlowDocument): boolean {
  if (before === after) return false;
  return (
    differ(before.environment, after.environment) ||
    differ(before.inputs, after.inputs) ||
    entriesDiffer(before.types, after.types, differ) ||
    entriesDiffer(before.nodes, after.nodes, nodesDiffer) ||
    wiresDiffer(before, after)
  );
}

/** Whether something is in the later table that was not, or was otherwise, in the earlier one. */
function entriesDiffer<Entry>(
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
  isOther: (before: Entry, after: Entry) => boolean,
): boolean {
  if (before === after) return false;
  return Object.keys(after).some((id) => {
    const [old, now] = [before[id], after[id]];
    if (old === now) return false;
    return !Object.hasOwn(before, id) || old === undefined || now === undefined || isOther(old, now);
  });
}

function nodesDiffer(before: FlowNode, after: FlowNode): boolean {
  return (
    before.type !== after.type ||
    before.typeVersion !== after.typeVersion ||
    before.parent !== after.parent ||
    differ(before.inputs, after.inputs) ||
    (before.settings !== after.settings && differ(effective(before.settings), effective(after.settings)))
  );
}

function effective(settings: NodeSettings = {}): Partial<NodeSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !WITHOUT_EFFECT.has(key)));
}

/** A wire that is gone together with its target has changed nothing. */
function wiresDiffer(before: FlowDocument, after: FlowDocument): boolean {
  if (before.edges === after.edges) return false;
  if (entriesDiffer(before.edges, after.edges, differ)) return true;
  return Object.entries(before.edges).some(
    ([id, { target }]) => !Object.hasOwn(after.edges, id) && Object.hasOwn(after.nodes, target),
  );
}

function differ(before: unknown, after: unknown): boolean {
  return before !== after && JSON.stringify(before) !== JSON.stringify(after);
}
