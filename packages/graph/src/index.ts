export type {
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
  SubgraphFlowType,
  ZoneSettings,
} from './document.js';
export { emptyDocument, SCHEMA_VERSION } from './document.js';
export type { LoomErrorOptions } from './error.js';
export { assertNever, LoomError } from './error.js';
export type { CreateId, EdgeId, NodeId, PortId, TypeId } from './id.js';
export { createId } from './id.js';
export type { Issue } from './issue.js';
export type { Json, JsonObject } from './json.js';
export type { Library, Shelf, SourceReader } from './library.js';
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
export type { PortType } from './port-type.js';
