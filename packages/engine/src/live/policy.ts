import { assertNever, type NodeSettings } from '@loom/graph';

/** What a firing does while the run of the one before goes on. */
export type EventPolicy = NonNullable<NodeSettings['eventPolicy']>;

const POLICIES: ReadonlySet<unknown> = new Set<EventPolicy>(['queue', 'drop', 'latest', 'parallel']);

/** The policy of a node. Files may hold one of a later version. */
export function policyOf(settings: NodeSettings | undefined): EventPolicy {
  const policy = settings?.eventPolicy;
  return policy !== undefined && POLICIES.has(policy) ? policy : 'queue';
}

/** Firings of a node that wait; beyond, the oldest go. */
export const MAX_WAITING = 1_000;

/** Child runs of a node at once, with the policy `parallel`. */
export const MAX_PARALLEL = 64;

/**
 * What becomes of a firing. `replace`: it waits in place of all that wait. `overflow`: it waits, and the one that has waited
 * longest is dropped.
 */
export type Admission = 'start' | 'wait' | 'replace' | 'overflow' | 'drop';

/** Decides about a firing, given how many runs of its node go on and how many firings wait. */
export function admit(policy: EventPolicy, running: number, waiting: number): Admission {
  if (waiting === 0 && mayStart(policy, running)) return 'start';
  switch (policy) {
    case 'drop':
      return 'drop';
    case 'latest':
      return waiting === 0 ? 'wait' : 'replace';
    case 'queue':
    case 'parallel':
      return waiting < MAX_WAITING ? 'wait' : 'overflow';
    default:
      return assertNever(policy, 'event policy');
  }
}

/** Whether another run may begin beside those that go on. */
export function mayStart(policy: EventPolicy, running: number): boolean {
  return running < (policy === 'parallel' ? MAX_PARALLEL : 1);
}
