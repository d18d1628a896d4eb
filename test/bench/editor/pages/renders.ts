/** The parts of React's tree that its developer tools read; the same from React 17 to 19. */
interface Fiber {
  readonly tag: number;
  readonly flags: number;
  readonly type: unknown;
  readonly memoizedProps: Readonly<Record<string, unknown>> | null;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

/** Set by React on components that it called. */
const PERFORMED_WORK = 1;

/** Function components, forwarded refs and memoised ones. */
const COMPONENTS: ReadonlySet<number> = new Set([0, 11, 14, 15]);

/** What was rendered since it was asked last. */
export interface Renders {
  /** Each drawn node in which a component was called, by id. */
  readonly nodes: readonly string[];
  readonly edges: number;
  /** Frames in which nodes were rendered. */
  readonly frames: number;
  readonly components: number;
}

let nodes = new Set<string>();
let edges = new Set<string>();
let frames = new Set<number>();
let components = 0;
let counting = false;
let frame = 0;

function classOf({ memoizedProps }: Fiber): string {
  const name = memoizedProps?.className;
  return typeof name === 'string' ? name : '';
}

/** Walks through what a commit has touched: what React has left alone keeps its first child. */
function visit(fiber: Fiber, node: string | undefined, edge: string | undefined): void {
  const { alternate } = fiber;
  const names = typeof fiber.type === 'string' ? classOf(fiber) : '';
  const id = fiber.memoizedProps?.['data-id'];
  const inNode = names.includes('react-flow__node ') && typeof id === 'string' ? id : node;
  const inEdge = names.includes('react-flow__edge ') && typeof id === 'string' ? id : edge;
  if (COMPONENTS.has(fiber.tag) && (alternate === null || (fiber.flags & PERFORMED_WORK) !== 0)) {
    components++;
    if (inNode !== undefined) {
      nodes.add(inNode);
      frames.add(frame);
    } else if (inEdge !== undefined) edges.add(inEdge);
  }
  if (alternate !== null && alternate.child === fiber.child) return;
  for (let child = fiber.child; child !== null; child = child.sibling) visit(child, inNode, inEdge);
}

/** Lets React tell of its commits, as it tells its developer tools. Comes before React is loaded. */
export function watchRenders(): void {
  Object.assign(globalThis, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot(_: number, root: { readonly current: Fiber }) {
        if (counting) visit(root.current, undefined, undefined);
      },
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
    },
  });
}

export function countRenders(): void {
  nodes = new Set();
  edges = new Set();
  frames = new Set();
  components = 0;
  counting = true;
  const tick = () => {
    frame++;
    if (counting) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

export function countedRenders(): Renders {
  counting = false;
  return { nodes: [...nodes], edges: edges.size, frames: frames.size, components };
}
