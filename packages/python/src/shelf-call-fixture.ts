import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Json } from '@loom/graph';
import { pythonShelf } from './shelf.js';

/** Calls functions of the shelf with CPython: positional lists go to `*args`, the rest by name. */
const CALLER = `
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
def show(value):
    return {"svg": value._repr_svg_()} if hasattr(value, "_repr_svg_") else value
results = []
for module, function, inputs in json.load(sys.stdin):
    try:
        arguments = dict(inputs)
        rest = arguments.pop("*", [])
        results.append({"value": show(getattr(importlib.import_module(module), function)(*rest, **arguments))})
    except Exception as error:
        results.append({"error": f"{type(error).__name__}: {error}"})
json.dump(results, sys.stdout, default=str)
`;

/** A node of the shelf by the name of its function, the inputs of one call, and what that call gives. */
export type Call = readonly [name: string, inputs: Record<string, Json>, expected: unknown];

/** Four rows with gaps of both kinds: null and an empty text. */
export const penguins = [
  { species: 'Adelie', mass: 3750, sex: 'MALE' },
  { species: 'Gentoo', mass: 5000, sex: '' },
  { species: 'Adelie', mass: null, sex: null },
  { species: 'Gentoo', mass: 5200, sex: 'FEMALE' },
];

/** What a call that fails gives. */
export const error = (message: string) => ({ error: message });

/** Makes the calls, and gives the value or error of each. */
export function makeCalls(list: readonly Call[]): Record<string, unknown>[] {
  const moduleOf = new Map(pythonShelf.types.map(({ id, category = '' }) => [id, category.toLowerCase()]));
  const requests = list.map(([name, inputs]) => [moduleOf.get(`python/${name}`), name, inputs]);
  const folder = fileURLToPath(new URL('../shelf/', import.meta.url));
  const output = execFileSync('python3', ['-c', CALLER, folder], { input: JSON.stringify(requests), encoding: 'utf8' });
  return JSON.parse(output) as Record<string, unknown>[];
}
