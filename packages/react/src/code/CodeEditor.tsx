import type { TypeProblem } from '@loom/graph';
import type { ReactNode } from 'react';

/** Where a run failed in this source. Lines and columns start at 1. */
export interface CodeErrorRange {
  readonly line: number;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
  readonly message: string;
}

/** Props of {@link CodeEditor}. Give it a `key` per source, so that undo never reaches into another one. */
export interface CodeEditorProps {
  readonly value: string;
  readonly language: 'python' | 'javascript';
  readonly onChange: (value: string) => void;
  readonly readOnly?: boolean | undefined;
  readonly problems?: readonly TypeProblem[] | undefined;
  readonly errorAt?: CodeErrorRange | undefined;
  /** Names the field for people who cannot see it. */
  readonly label: string;
  /** For a Content Security Policy that allows styles by nonce. */
  readonly cspNonce?: string | undefined;
}

export function CodeEditor(_props: CodeEditorProps): ReactNode {
  return null;
}
