import type { CodeTool } from '../code/code-tool.js';
import { loadedOnce } from './loaded-once.js';

/** What is used of `prettier/standalone`, and behind it the plugins for JavaScript. */
export type PrettierModules = readonly [
  prettier: { format(source: string, options: Record<string, unknown>): Promise<string> },
  ...plugins: object[],
];

/** A source that is longer would hold typing: it is checked by running it. */
const MOST_CHECKED = 50_000;

/**
 * Formats JavaScript with Prettier, and says where it cannot be read. The app has the dependency, and hands over how it is
 * loaded: 136 kB, compressed, when the first JavaScript source is shown.
 *
 * @param options - Of Prettier, such as `singleQuote`.
 *
 * @example
 * ```tsx
 * import { prettierTool } from '@loom/react/code-tools';
 *
 * const javascript = prettierTool(() =>
 *   Promise.all([import('prettier/standalone'), import('prettier/plugins/acorn'), import('prettier/plugins/estree')]),
 * );
 *
 * <LoomEditor codeTools={{ javascript }} library={library} />
 * ```
 */
export function prettierTool(
  load: () => Promise<PrettierModules>,
  options: Readonly<Record<string, unknown>> = {},
): Required<CodeTool> {
  const modules = loadedOnce(load);

  async function format(source: string): Promise<string> {
    const [prettier, ...plugins] = await modules();
    try {
      return await prettier.format(source, { parser: 'acorn', ...options, plugins });
    } catch (error) {
      throw withoutFrame(error);
    }
  }

  return {
    format,
    async lint(source) {
      if (source.length > MOST_CHECKED) return [];
      // What cannot be loaded is no fault of the source.
      await modules();
      try {
        await format(source);
        return [];
      } catch (error) {
        const { message, loc } = error as FaultOfSource;
        return [
          {
            severity: 'error',
            message,
            ...(loc?.start && { line: loc.start.line, ...(loc.start.column > 0 && { column: loc.start.column }) }),
          },
        ];
      }
    },
  };
}

interface FaultOfSource extends Error {
  readonly loc?: { readonly start?: { readonly line: number; readonly column: number } };
}

/** The message of a fault without the picture of the source that Prettier draws below it. */
function withoutFrame(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const [first = ''] = error.message.split('\n', 1);
  return Object.assign(new Error(first, { cause: error }), { loc: (error as FaultOfSource).loc });
}
