import ruffWasm from '@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm?url';
import { type CodeTools, prettierTool, ruffTool } from '@loom/react/code-tools';

/** Ruff and Prettier, from files of this site. They load when the first source is shown. */
export const codeTools: CodeTools = {
  python: ruffTool(() => import('@astral-sh/ruff-wasm-web'), { wasm: ruffWasm }),
  javascript: prettierTool(
    () =>
      Promise.all([import('prettier/standalone'), import('prettier/plugins/acorn'), import('prettier/plugins/estree')]),
    { singleQuote: true, printWidth: 100 },
  ),
};
