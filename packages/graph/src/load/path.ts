/**
 * Where a reading is, linked to where it came from. Most places are never named in an issue, so only those that are
 * become lists of keys.
 */
export interface Path {
  readonly parent: Path | undefined;
  readonly key: string | number;
}

/** The place one level below. */
export function below(parent: Path | undefined, key: string | number): Path {
  return { parent, key };
}

/** The keys from the top of the document. */
export function keysOf(path: Path | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let place = path; place; place = place.parent) keys.push(place.key);
  return keys.reverse();
}
