import type { TypeProblem } from '@loom/graph';
import type { CodeTool } from '../code/code-tool.js';
import { loadedOnce } from './loaded-once.js';

/** What is used of `@astral-sh/ruff-wasm-web`. */
export interface RuffModule {
  default(options?: { module_or_path: string | URL }): Promise<unknown>;
  readonly Workspace: new (
    settings: object,
    encoding: number,
  ) => { check(source: string): unknown; format(source: string): string };
}

/** Options of {@link ruffTool}. */
export interface RuffOptions {
  /**
   * The address of `ruff_wasm_bg.wasm`. @default beside the module, which only some bundlers find: Vite does so in builds,
   * not while developing.
   */
  readonly wasm?: string | URL | undefined;
  /** Settings as in `ruff.toml`. @default the rules that find mistakes (E4, E7, E9, F, B), none about taste */
  readonly settings?: object | undefined;
}

const FIND_MISTAKES = { lint: { select: ['E4', 'E7', 'E9', 'F', 'B'] } };
/** Columns as the editor counts them. */
const UTF_16 = 1;
/** A source that is longer would hold typing: it is checked by running it. */
const MOST_CHECKED = 200_000;
/** More marks than this help nobody. */
const MOST_FAULTS = 100;

interface RuffDiagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly start_location: { readonly row: number; readonly column: number };
  readonly end_location: { readonly row: number; readonly column: number };
}

/**
 * Formats and checks Python with Ruff. The app has the dependency, and hands over how it is loaded: 3.8 MB, compressed,
 * when the first Python source is shown. Needs `'wasm-unsafe-eval'`, as Pyodide does.
 *
 * @example
 * ```tsx
 * import { ruffTool } from '@loom/react/code-tools';
 * import wasm from '@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm?url';
 *
 * const codeTools = { python: ruffTool(() => import('@astral-sh/ruff-wasm-web'), { wasm }) };
 *
 * <LoomEditor codeTools={codeTools} library={library} />
 * ```
 */
export function ruffTool(
  load: () => Promise<RuffModule>,
  { wasm, settings = FIND_MISTAKES }: RuffOptions = {},
): Required<CodeTool> {
  const workspace = loadedOnce(async () => {
    const ruff = await load();
    await (wasm === undefined ? ruff.default() : ruff.default({ module_or_path: wasm }));
    return new ruff.Workspace(settings, UTF_16);
  });
  return {
    async format(source) {
      const ruff = await workspace();
      try {
        return ruff.format(source);
      } catch (thrown) {
        // Some builds of Ruff throw texts.
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        throw new Error(withLine(reason, source), { cause: thrown });
      }
    },
    async lint(source) {
      if (source.length > MOST_CHECKED) return [];
      const found = (await workspace()).check(source) as readonly RuffDiagnostic[];
      return found.slice(0, MOST_FAULTS).map(problemOf);
    },
  };
}

/** Ruff names the place of a fault by its bytes, which nobody counts: the line says more. */
function withLine(reason: string, source: string): string {
  return reason.replace(/ at byte range (\d+)\.\.\d+/, (_, from: string) => {
    const before = new TextDecoder().decode(new TextEncoder().encode(source).slice(0, Number(from)));
    return ` (line ${before.split('\n').length})`;
  });
}

/** Without a rule it is a fault of the syntax; undefined names stop a run as surely. */
function problemOf({ code, message, start_location: start, end_location: end }: RuffDiagnostic): TypeProblem {
  const isError = code === null || code === 'invalid-syntax' || code === 'F821';
  return {
    message: code === null || code === 'invalid-syntax' ? message : `${message} (${code})`,
    severity: isError ? 'error' : 'warning',
    line: start.row,
    column: start.column,
    endLine: end.row,
    endColumn: end.column,
  };
}
