/** Moves the focus in a list by arrows, Home and End. False for every other key. */
export function moveFocus(
  key: string,
  items: readonly HTMLElement[],
  from: EventTarget,
  { loops }: { loops: boolean },
) {
  const at = items.indexOf(from as HTMLElement);
  const last = items.length - 1;
  if (key === 'ArrowDown') items[at < last ? at + 1 : loops ? 0 : last]?.focus();
  else if (key === 'ArrowUp') items[at > 0 ? at - 1 : loops ? last : 0]?.focus();
  else if (key === 'Home') items[0]?.focus();
  else if (key === 'End') items[last]?.focus();
  else return false;
  return true;
}
