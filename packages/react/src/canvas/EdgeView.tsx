import type { Position } from '@loom/graph';
import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { type CSSProperties, lazy, memo, type ReactNode, Suspense, useCallback } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { HANDLE_SIZE } from '../layout/node-geometry.js';
import { nodeRun } from '../run/node-run.js';
import type { LoomState } from '../store/state.js';
import { wireCourse, wirePath } from '../wires/wire-course.js';
import type { EdgeData } from './canvas-edges.js';
import { useFar } from './useFar.js';

const WirePoints = lazy(() => import('../wires/WirePoints.js').then((module) => ({ default: module.WirePoints })));
const NO_POINTS: readonly Position[] = [];

/** The points of a wire, also while one of them, or both its ends, are dragged. */
function useShownPoints({ id, source, target }: EdgeProps, points: readonly Position[]): readonly Position[] {
  const dragged = useLoom(({ session }) => session.wireDrag?.get(id));
  const isLed = points.length > 0;
  const from = useLoom((state) => (isLed ? dragOf(state, source) : undefined));
  const to = useLoom((state) => (isLed ? dragOf(state, target) : undefined));
  if (dragged !== undefined) return dragged;
  // Together they are one text, so that a wire renders only when it moves.
  if (from === undefined || from !== to) return points;
  const [dx = 0, dy = 0] = from.split(' ').map(Number);
  return points.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
}

/** How far a node is dragged at the moment. */
function dragOf({ session, flow }: LoomState, node: string): string | undefined {
  const [to, from] = [session.drag?.get(node), flow.document.nodes[node]?.position];
  return to && from && `${to.x - from.x} ${to.y - from.y}`;
}

/** A wire in the colour of what it carries. It moves only while its target runs. */
export const EdgeView = memo(function EdgeView(props: EdgeProps): ReactNode {
  const { source, target, selected, data } = props;
  const flow = useLoom(
    useCallback(
      (state: LoomState) => {
        const status = nodeRun(state.runs.run, target)?.status;
        if (status === 'running') return 'running';
        return nodeRun(state.runs.run, source)?.status === 'skipped' ? 'skipped' : 'still';
      },
      [source, target],
    ),
  );
  const isTaken = useLoom(useCallback(({ session }: LoomState) => session.dropWire === props.id, [props.id]));
  const far = useFar();
  // The library ends wires at the rim of what one grips; they look right from middle to middle of the ports.
  const from = { x: props.sourceX - HANDLE_SIZE / 2, y: props.sourceY };
  const { color, gone, points = NO_POINTS, inside } = (data ?? {}) as Partial<EdgeData>;
  const via = useShownPoints(props, points);
  const to = { x: props.targetX + HANDLE_SIZE / 2, y: props.targetY };
  const path = wirePath(wireCourse(from, to, via, inside));
  const style = { '--loom-edge-color': color } as CSSProperties;
  return (
    <g
      className="loom-edge"
      data-flow={gone ? 'gone' : flow}
      data-selected={selected}
      data-drop={isTaken}
      style={style}
    >
      <BaseEdge path={path} interactionWidth={far ? 0 : 16} className="loom-edge-path" />
      {far || via.length === 0 ? null : (
        <Suspense fallback={null}>
          <WirePoints wire={props.id} points={via} />
        </Suspense>
      )}
    </g>
  );
});
