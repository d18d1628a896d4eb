import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { type CSSProperties, memo, type ReactNode, useCallback } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { HANDLE_SIZE } from '../layout/node-geometry.js';
import { nodeRun } from '../run/node-run.js';
import type { LoomState } from '../store/state.js';
import { wireCourse, wirePath } from '../wires/wire-course.js';
import type { EdgeData } from './canvas-edges.js';
import { useFar } from './useFar.js';

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
  const path = wirePath(wireCourse(from, { x: props.targetX + HANDLE_SIZE / 2, y: props.targetY }));
  const { color, gone } = (data ?? {}) as Partial<EdgeData>;
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
    </g>
  );
});
