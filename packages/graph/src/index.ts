export { canConnect } from './connection/can-connect.js';
export type { ConnectionCheck, ConnectionRefusal } from './connection/refusal.js';
export { contentHash } from './content-hash.js';
export type { LibraryOptions } from './create-library.js';
export { createLibrary } from './create-library.js';
export type {
  EdgeView,
  Environment,
  FlowDocument,
  FlowEdge,
  FlowFrame,
  FlowNode,
  FlowSettings,
  FlowType,
  JavaScriptFlowType,
  JoinPolicy,
  NodeSettings,
  NodeView,
  PortDeclaration,
  Position,
  PromotedPort,
  PythonFlowType,
  Size,
  StreamMode,
  SubgraphFlowType,
  ZoneSettings,
} from './document.js';
export { emptyDocument, SCHEMA_VERSION } from './document.js';
export { inputType, outputType, resolvePortTypes, wireStreamMode } from './effective-types.js';
export type { LoomErrorOptions } from './error.js';
export { assertNever, LoomError } from './error.js';
export { type FileEntry, fileLiteral, readFileLiteral } from './file-literal.js';
export type { Fragment } from './fragment/fragment.js';
export { copyFragment } from './fragment/fragment.js';
export { parseFragment } from './fragment/parse-fragment.js';
export type { Paste, PasteOptions } from './fragment/paste.js';
export { pasteOperations } from './fragment/paste.js';
export type { GraphIndex } from './graph-index.js';
export { graphIndex } from './graph-index.js';
export type { History, HistoryEntry, HistoryStep } from './history.js';
export { createHistory, record, redo, undo } from './history.js';
export type { CreateId, EdgeId, NodeId, PortId, TypeId } from './id.js';
export { createId } from './id.js';
export type { Issue } from './issue.js';
export type { Json, JsonObject } from './json.js';
export type { Library, Shelf, SourceReader } from './library.js';
export type { LoadLimits } from './load/limits.js';
export type { LoadOptions, LoadResult } from './load/load.js';
export { load } from './load/load.js';
export type { FlowGraph, NodePorts } from './node-ports.js';
export { nodePorts } from './node-ports.js';
export type {
  Implementation,
  InputPort,
  NodeContext,
  NodeFunction,
  NodeType,
  OutputPort,
  SelectOption,
  TypeProblem,
  Widget,
} from './node-type.js';
export { nodeTypeOf } from './node-type-of.js';
export type { ApplyResult } from './operation/apply.js';
export { applyOperations } from './operation/apply.js';
export type { FlowChanges, NodeChanges, Operation, OperationKind } from './operation/operation.js';
export type { Change, Patch } from './patch.js';
export { applyChange } from './patch.js';
export { portTypesEqual } from './port-type/equal.js';
export { describePortType, formatPortType } from './port-type/format.js';
export { literalProblem } from './port-type/literal.js';
export { parsePortType } from './port-type/parse.js';
export { portTypeSchema } from './port-type/schema.js';
export type { Unification } from './port-type/unify.js';
export { unify } from './port-type/unify.js';
export type { Bindings } from './port-type/variables.js';
export { substitute } from './port-type/variables.js';
export type { PortType } from './port-type.js';
export { sameJson } from './same-json.js';
export type { SaveOptions } from './save.js';
export { save } from './save.js';
export { wireType } from './stream-mode.js';
export type { TopologicalOrder } from './topology.js';
export { ancestors, descendants, topologicalOrder } from './topology.js';
export { type ValidateOptions, validate } from './validate/validate.js';
export type { InputCheck } from './validate/wired-graph.js';
export { zoneOf } from './zone-body.js';
export { carriedPorts, zoneCarried, zoneResults, zoneType } from './zone-type.js';
