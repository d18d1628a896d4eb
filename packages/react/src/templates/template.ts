import type { Fragment, NodeType, TypeId } from '@loom/graph';

/**
 * A part of a flow that is inserted as a whole: nodes with their values, and the wires between them.
 *
 * @example
 * ```ts
 * const template: FlowTemplate = {
 *   id: 'mean',
 *   title: 'Mean of a column',
 *   fragment: copyFragment(document, Object.keys(document.nodes)),
 * };
 * ```
 */
export interface FlowTemplate {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** @default the heading of templates in the library */
  readonly category?: string;
  readonly fragment: Fragment;
}

/**
 * Where an app keeps the templates that people make of their selection. Everything may reject: the editor says so.
 *
 * @example
 * ```ts
 * const storage: TemplateStorage = {
 *   list: async () => (await fetch('/templates')).json(),
 *   save: async (template) => void (await fetch('/templates', { method: 'POST', body: JSON.stringify(template) })),
 *   remove: async (id) => void (await fetch(`/templates/${id}`, { method: 'DELETE' })),
 * };
 * ```
 */
export interface TemplateStorage {
  list(): Promise<readonly FlowTemplate[]>;
  /** Takes the place of one with the same id. */
  save(template: FlowTemplate): Promise<void>;
  remove(id: string): Promise<void>;
}

const PREFIX = 'template:';

/** A template as it stands in lists of node types: it has a name and no ports. */
export function templateType({ id, title, description, category }: FlowTemplate, heading: string): NodeType {
  return {
    id: `${PREFIX}${id}`,
    title,
    ...(description !== undefined && { description }),
    category: category ?? heading,
    version: 1,
    inputs: [],
    outputs: [],
    pure: false,
    implementation: { kind: 'missing' },
    problems: [],
  };
}

/** The template behind an entry of such a list; undefined for a node type. */
export function templateOf(templates: readonly FlowTemplate[], id: TypeId): FlowTemplate | undefined {
  if (!id.startsWith(PREFIX)) return undefined;
  const name = id.slice(PREFIX.length);
  return templates.find((template) => template.id === name);
}
