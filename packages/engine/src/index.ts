export type {
  Explanation,
  InspectTarget,
  Plan,
  PlannedNode,
  PlannedRoute,
  PlanOptions,
  Run,
  RunCause,
  RunOptions,
  RunResult,
  RunTargets,
  WaitingNode,
} from './api.js';
export type { AutoRun, AutoRunOptions } from './auto/auto-run.js';
export { autoRun } from './auto/auto-run.js';
export type { Condition } from './breakpoint/condition.js';
export { readCondition } from './breakpoint/condition.js';
export type { ConditionContext } from './breakpoint/evaluate.js';
export { builtinShelf } from './builtin-shelf.js';
export type { Clock } from './clock.js';
export { systemClock } from './clock.js';
export type { InputDeclaration, InputValues, NodeDefinition, OutputDeclaration, OutputValues } from './define-node.js';
export { defineNode } from './define-node.js';
export { createEngine } from './engine/engine.js';
export type { EngineOptions } from './engine/engine-options.js';
export type { Engine } from './engine-api.js';
export type {
  EngineEvent,
  FrameStep,
  NodeRunStatus,
  RunCounts,
  RunEvent,
  RunStatus,
  RunTrigger,
  SkipReason,
  StartupStage,
} from './event.js';
export type {
  Batch,
  Definition,
  DirectCode,
  DirectExecution,
  DirectItems,
  EnvironmentStatus,
  ExecuteOptions,
  Executor,
  ExecutorCapabilities,
  ExecutorEvent,
  ExecutorStatus,
  InputSource,
  MetricEvent,
  ParameterAnswer,
  Places,
  PreviewRequest,
  TableFilter,
  TakenItems,
  TakeOptions,
  Task,
  TaskEvent,
} from './executor.js';
export { faultFrom } from './fault.js';
export type { KeepFileOptions } from './file/chosen-files.js';
export { forgetFile, isFileAtHand, keepFile, restoreFile } from './file/chosen-files.js';
export type { JavaScriptExecutorOptions } from './javascript/executor.js';
export { createJavaScriptExecutor } from './javascript/executor.js';
export type { LoadModule } from './javascript/module.js';
export type { EventPayload, EventSource, EventSourceOptions, StopSource } from './live/event-source.js';
export { goLive } from './live/go-live.js';
export type {
  DropCode,
  LiveEvent,
  LiveFlow,
  LiveNodeState,
  LiveOptions,
  LiveState,
} from './live/live-flow.js';
export type { NodeError, SourceFrame } from './node-error.js';
export { NodeFault } from './node-fault.js';
export type { ContentKeys } from './plan/content-keys.js';
export { contentKeys } from './plan/content-keys.js';
export type { FlowVersion } from './plan/result-changes.js';
export { resultChanges } from './plan/result-changes.js';
export { decodePortable } from './portable/decode.js';
export { encodePortable } from './portable/encode.js';
export type { RecordRunsOptions, RunRecorder } from './record/record-runs.js';
export { recordRuns } from './record/record-runs.js';
export type { RecordedPause, RecordedRun, RecordedRunJson, RecordedSpan, SpanState } from './record/recorded-run.js';
export { recordedRunJson } from './record/recorded-run.js';
export type { LogChunk, NodeLog } from './run-state/node-log.js';
export type { MetricPoint, MetricSeries, NodeMetrics } from './run-state/node-metrics.js';
export { reduceRun, reduceRunEvents } from './run-state/reduce.js';
export type { NodeQuestion, NodeRunState, PausedState, RunState } from './run-state/run-state.js';
export { emptyRunState, idleNode, nodeRunState } from './run-state/run-state.js';
export type { NodeStatusEvent } from './run-state/transition.js';
export { isFinal, transition } from './run-state/transition.js';
export type { Skip } from './skip.js';
export { skip } from './skip.js';
export type { IndexedDbTierOptions } from './tier/indexed-db/indexed-db-tier.js';
export { indexedDbTier } from './tier/indexed-db/indexed-db-tier.js';
export type { MemoryTierOptions } from './tier/memory-tier.js';
export { memoryTier } from './tier/memory-tier.js';
export type { ResultTier, StoredOutput, StoredResult } from './tier/result-tier.js';
export type { OutputSummary, Portable, PortableBuffer, Preview, TablePage, ValueRef } from './value.js';
