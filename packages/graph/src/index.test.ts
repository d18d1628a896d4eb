import { expect, expectTypeOf, test } from 'vitest';
import * as graph from './index.js';

test('the types of the public functions fit together', () => {
  expectTypeOf(graph.load).parameter(0).toEqualTypeOf<unknown>();
  expectTypeOf(graph.load).returns.toEqualTypeOf<graph.LoadResult>();
  expectTypeOf(graph.save).returns.toEqualTypeOf<string>();
  expectTypeOf<graph.LoadResult['document']>().toEqualTypeOf<graph.FlowDocument>();
  // A document is never written to, and any part of one is plain JSON.
  expectTypeOf<graph.FlowDocument['nodes']>().toExtend<Readonly<Record<string, graph.FlowNode>>>();
  expectTypeOf<NonNullable<graph.FlowNode['inputs']>[string]>().toEqualTypeOf<graph.Json>();
  // Ids are strings with a name: plain strings are accepted, and what takes an id says which.
  expectTypeOf<string>().toExtend<graph.NodeId>();
  expectTypeOf<graph.NodeId>().not.toExtend<graph.EdgeId>();
  // A result is one of two things, told apart by `ok`.
  expectTypeOf<Extract<graph.ApplyResult, { ok: true }>['change']>().toEqualTypeOf<graph.Change>();
  expectTypeOf<Extract<graph.ApplyResult, { ok: false }>>().not.toHaveProperty('document');
  // Every operation has a kind of its own, and what a field may be is what the document has.
  expectTypeOf<Extract<graph.Operation, { kind: 'set-input' }>['value']>().toEqualTypeOf<graph.Json>();
  expectTypeOf<graph.NodeChanges>().not.toHaveProperty('position');
  expectTypeOf<{ label: undefined; size: null }>().toExtend<graph.NodeChanges>();
  expectTypeOf<{ type: null }>().not.toExtend<graph.NodeChanges>();
  // A subgraph is wired like a flow, so both can be asked for ports.
  expectTypeOf<graph.FlowDocument>().toExtend<graph.FlowGraph>();
});

test('the public names are these', () => {
  expect(Object.keys(graph).sort()).toMatchInlineSnapshot(`
    [
      "LoomError",
      "SCHEMA_VERSION",
      "ancestors",
      "applyChange",
      "applyOperations",
      "assertNever",
      "canConnect",
      "carriedPorts",
      "contentHash",
      "copyFragment",
      "createHistory",
      "createId",
      "createLibrary",
      "descendants",
      "describePortType",
      "emptyDocument",
      "fileLiteral",
      "formatPortType",
      "graphIndex",
      "inputType",
      "literalProblem",
      "load",
      "nodePorts",
      "nodeTypeOf",
      "outputType",
      "parseFragment",
      "parsePortType",
      "pasteOperations",
      "portTypeSchema",
      "portTypesEqual",
      "readFileLiteral",
      "record",
      "redo",
      "resolvePortTypes",
      "sameJson",
      "save",
      "substitute",
      "topologicalOrder",
      "undo",
      "unify",
      "validate",
      "wireStreamMode",
      "wireType",
      "zoneCarried",
      "zoneOf",
      "zoneResults",
      "zoneType",
    ]
  `);
});
