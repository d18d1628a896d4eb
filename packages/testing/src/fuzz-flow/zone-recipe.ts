import type { Json, PortId, ZoneSettings } from '@loom/graph';
import type { ZoneRecipe } from './recipe.js';

/** The settings of a zone of a random flow. Loops always have a limit, for nothing says that they end. */
export function zoneSettings(recipe: ZoneRecipe): ZoneSettings {
  const { kind, concurrency, collects, limit, isDouble, isCounting } = recipe;
  const onError = collects ? ({ onError: 'collect' } as const) : {};
  const names = isDouble ? { one: {}, two: {} } : undefined;
  if (kind === 'for-each')
    return { kind, ...onError, ...(concurrency !== undefined && { concurrency }), ...(names && { results: names }) };
  return { kind, limit: kind === 'while' && !isCounting ? limit : 5, ...onError, ...(names && { carried: names }) };
}

/** The literals that a zone has where nothing is wired. */
export function zoneLiterals({ kind, items, times }: ZoneRecipe): Record<PortId, Json> {
  if (kind === 'for-each') return { items: [...items] };
  return kind === 'repeat' ? { times } : {};
}
