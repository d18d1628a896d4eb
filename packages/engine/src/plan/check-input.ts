import type { InputPort, Json } from '@loom/graph';
import { inputProblem } from '@loom/graph/schema';

/**
 * Says why a literal cannot be the value of an input. A file of its own in what we publish: apps load the rest of the engine at once, and
 * bundlers that look at whole files would take the check of schemas along for pages that plan nothing.
 */
export function checkInput(literal: Json, input: InputPort): string | undefined {
  return inputProblem(literal, input);
}
