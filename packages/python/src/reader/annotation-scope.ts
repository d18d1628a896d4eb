import type { PortType, Widget } from '@loom/graph';
import type { ModuleScope } from './module-scope.js';

/** What an annotation says about a port. */
export interface Annotation {
  readonly type: PortType;
  readonly widget?: Widget;
  readonly help?: string;
}

/** Where an annotation is read: its text, the module around it, and the type variables in force. */
export interface AnnotationScope {
  readonly module: ModuleScope;
  /** The text that the node points into: the module's, or that of a quoted annotation. */
  readonly source: string;
  readonly variables: ReadonlySet<string>;
  /** Aliases that are being resolved, and how deep. */
  readonly resolving: readonly string[];
  readonly depth: number;
}

/** The scope of annotations outside of any function. */
export function moduleAnnotations(module: ModuleScope, variables: ReadonlySet<string> = new Set()): AnnotationScope {
  return { module, source: module.source, variables, resolving: [], depth: 0 };
}
