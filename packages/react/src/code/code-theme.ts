import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

// Everything by variables, so that one theme serves light and dark and follows the app's own tokens.
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--loom-text)', backgroundColor: 'var(--loom-surface)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--loom-font-mono)', lineHeight: '1.55', scrollbarWidth: 'thin' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--loom-text)' },
  '.cm-line': { padding: '0 8px 0 4px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--loom-text)', borderLeftWidth: '1.5px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--loom-selection)',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--loom-surface)',
    color: 'var(--loom-text-faint)',
    border: 'none',
    fontVariantNumeric: 'tabular-nums',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 10px' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 3px' },
  // Shapes instead of the package's pictures, which a strict Content Security Policy would block.
  '.cm-lint-marker': { width: '8px', height: '8px', marginTop: '5px' },
  '.cm-lint-marker-error': { content: 'normal', borderRadius: '50%', backgroundColor: 'var(--loom-danger)' },
  '.cm-lint-marker-warning': {
    content: 'normal',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    backgroundColor: 'var(--loom-warning)',
  },
  // Against the source that ran last: what came, and above it what went.
  '.cm-changedLine, .cm-insertedLine': { textDecoration: 'none' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--loom-success-soft)' },
  '&.cm-merge-b .cm-changedText': { background: 'color-mix(in srgb, var(--loom-success) 30%, transparent)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--loom-danger-soft)', padding: '0 8px 0 4px' },
  '&.cm-merge-b .cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--loom-danger) 30%, transparent)',
  },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--loom-success)' },
  '&.cm-merge-b .cm-deletedLineGutter': { background: 'var(--loom-danger)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--loom-surface-hover) 55%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--loom-text)' },
  '&.cm-focused .cm-matchingBracket, .cm-matchingBracket': {
    backgroundColor: 'var(--loom-accent-soft)',
    outline: '1px solid var(--loom-accent)',
    color: 'inherit',
  },
  '&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket': { color: 'var(--loom-danger-text)' },
  '.cm-tooltip': {
    border: '1px solid var(--loom-border-strong)',
    borderRadius: '6px',
    overflow: 'hidden',
    backgroundColor: 'var(--loom-surface-raised)',
    color: 'var(--loom-text)',
    boxShadow: 'var(--loom-shadow-lg)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--loom-font-mono)', maxHeight: '200px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px 2px 4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--loom-accent-soft)',
    color: 'var(--loom-text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--loom-accent-text)', fontWeight: '600' },
  '.cm-completionDetail': { color: 'var(--loom-text-faint)' },
  '.cm-completionIcon': { color: 'var(--loom-text-faint)' },
  '.cm-diagnostic': { padding: '4px 8px', borderLeftWidth: '3px', fontFamily: 'var(--loom-font)', fontSize: '12px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--loom-danger)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--loom-warning)' },
  '.cm-lintRange-error': { background: 'none', borderBottom: '2px dotted var(--loom-danger)' },
  '.cm-lintRange-warning': { background: 'none', borderBottom: '2px dotted var(--loom-warning)' },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--loom-danger)' },
  '.cm-lintPoint-warning::after': { borderBottomColor: 'var(--loom-warning)' },
});

const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--loom-code-keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--loom-code-string)' },
  { tag: [tags.number], color: 'var(--loom-code-number)' },
  { tag: [tags.bool, tags.null, tags.atom, tags.self], color: 'var(--loom-code-constant)' },
  { tag: [tags.comment], color: 'var(--loom-code-comment)', fontStyle: 'italic' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.definition(tags.variableName)),
      tags.function(tags.propertyName),
    ],
    color: 'var(--loom-code-function)',
  },
  { tag: [tags.typeName, tags.className, tags.definition(tags.className)], color: 'var(--loom-code-type)' },
  { tag: [tags.meta, tags.annotation], color: 'var(--loom-code-constant)' },
  { tag: [tags.invalid], color: 'var(--loom-danger-text)' },
]);

/** The look of the code editor. */
export const codeTheme: Extension = [look, syntaxHighlighting(colors)];
