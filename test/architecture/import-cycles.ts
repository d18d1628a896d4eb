/** Finds cycles in a graph of imports. Each is given as the path of files, with the first repeated at the end. */
export function findCycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const onPath = new Map<string, number>();

  const follow = (file: string, path: string[]): void => {
    const start = onPath.get(file);
    if (start !== undefined) {
      cycles.push([...path.slice(start), file]);
      return;
    }
    if (finished.has(file)) return;
    onPath.set(file, path.length);
    for (const next of imports.get(file) ?? []) follow(next, [...path, file]);
    onPath.delete(file);
    finished.add(file);
  };

  for (const file of imports.keys()) follow(file, []);
  return cycles;
}
