import type { TypeProblem } from '@loom/graph';
import type { CodeErrorRange } from './code-error-range.js';
import type { CodeTool } from './code-tool.js';
import type { CodeChange } from './code-view.js';
import type { OfferedPorts } from './port-completion.js';
import type { CodeViewModule } from './useCodeViewModule.js';

/** Props of `CodeEditor`. Give it a `key` per source, so that undo never reaches into another one. */
export interface CodeEditorProps {
  readonly value: string;
  readonly language: 'python' | 'javascript';
  /** Called with the whole text after each change that a person makes. */
  readonly onChange: (value: string, how: CodeChange) => void;
  readonly readOnly?: boolean | undefined;
  /** Faults of the source, marked in the text. */
  readonly problems?: readonly TypeProblem[] | undefined;
  /** Where the last run failed; scrolled into sight when it changes. */
  readonly errorAt?: CodeErrorRange | undefined;
  /** The line that is first in sight, counted from 1; read once. @default 1 */
  readonly startLine?: number | undefined;
  /** What lays out and checks the source; without it there is no button that formats. */
  readonly tool?: CodeTool | undefined;
  /** What the last run performed; where it is another text, the two can be compared. */
  readonly ranSource?: string | undefined;
  /** Offered while one types. @default none */
  readonly ports?: OfferedPorts | undefined;
  /** Names the field for people who cannot see it. */
  readonly label: string;
  /** For a Content Security Policy that allows styles by nonce. */
  readonly cspNonce?: string | undefined;
  /** How the heavy part is loaded. A stable function. @default its own chunk */
  readonly load?: (() => Promise<CodeViewModule>) | undefined;
}
