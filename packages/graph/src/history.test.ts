import { describe, expect, test } from 'vitest';
import type { FlowDocument } from './document.js';
import { flow, library } from './fixture.js';
import { createHistory, type History, record, redo, undo } from './history.js';
import { applyOperations } from './operation/apply.js';
import type { Operation } from './operation/operation.js';

interface State {
  readonly history: History;
  readonly document: FlowDocument;
}

function edit(state: State, label: string, operation: Operation, mergeKey?: string): State {
  const result = applyOperations(state.document, [operation], { library });
  if (!result.ok) throw result.error;
  const entry = { label, change: result.change, ...(mergeKey !== undefined && { mergeKey }) };
  return { document: result.document, history: record(state.history, entry) };
}

function type(state: State, value: string, mergeKey = 'a.value'): State {
  return edit(state, 'Type', { kind: 'set-input', id: 'a', port: 'value', value }, mergeKey);
}

const start: State = { history: createHistory(), document: flow({ a: 'text', b: 'text' }) };

function must<Step>(step: Step | undefined): Step {
  if (step === undefined) throw new Error('There should be a step.');
  return step;
}

test('steps are undone from the last and redone from the first, with their labels', () => {
  const one = edit(start, 'One', { kind: 'remove-nodes', ids: ['a'] });
  const two = edit(one, 'Two', { kind: 'remove-nodes', ids: ['b'] });
  const back = must(undo(two.history, two.document));
  expect([back.label, back.document]).toEqual(['Two', one.document]);
  const start2 = must(undo(back.history, back.document));
  expect([start2.label, start2.document]).toEqual(['One', start.document]);
  expect(undo(start2.history, start2.document)).toBeUndefined();
  const again = must(redo(start2.history, start2.document));
  expect([again.label, again.document]).toEqual(['One', one.document]);
  const last = must(redo(again.history, again.document));
  expect([last.document, last.history]).toEqual([two.document, two.history]);
  expect(redo(last.history, last.document)).toBeUndefined();
});

test('a new step forgets what could be redone', () => {
  const one = edit(start, 'One', { kind: 'remove-nodes', ids: ['a'] });
  const back = must(undo(one.history, one.document));
  expect(edit(back, 'Other', { kind: 'remove-nodes', ids: ['b'] }).history.future).toEqual([]);
});

test('a change that did nothing is no step', () => {
  const back = must(undo(...values(edit(start, 'One', { kind: 'remove-nodes', ids: ['a'] }))));
  expect(edit(back, 'Nothing', { kind: 'remove-nodes', ids: ['gone'] }).history).toBe(back.history);
});

describe('typing', () => {
  test('into one input is one step, as small as one letter', () => {
    const typed = [...'hello'].reduce((state, _, index) => type(state, 'hello'.slice(0, index + 1)), start);
    expect(typed.history.past).toHaveLength(1);
    expect(typed.history.past[0]?.change).toEqual({
      patches: [{ op: 'add', path: ['nodes', 'a', 'inputs'], value: { value: 'h' } }, expect.anything()],
      inverse: [expect.anything(), { op: 'remove', path: ['nodes', 'a', 'inputs'] }],
    });
    const back = must(undo(typed.history, typed.document));
    expect(back.document).toEqual(start.document);
    expect(must(redo(back.history, back.document)).document).toEqual(typed.document);
  });

  test('ends as a step when something else is done, or another input typed into', () => {
    const first = type(start, 'a');
    expect(type(first, 'b', 'other').history.past).toHaveLength(2);
    const moved = edit(first, 'Move', { kind: 'move-nodes', positions: { b: { x: 1, y: 1 } } });
    expect(type(moved, 'b').history.past).toHaveLength(3);
  });

  test('after an undo does not grow the step before', () => {
    const two = type(type(start, 'a'), 'b', 'other');
    const back = must(undo(two.history, two.document));
    expect(type(back, 'c').history.past).toHaveLength(2);
  });

  test('a thousand letters keeps two patches', () => {
    const typed = Array.from({ length: 1000 }, (_, index) => 'x'.repeat(index)).reduce(
      (state, text) => type(state, text),
      start,
    );
    expect(typed.history.past[0]?.change.patches.length).toBeLessThanOrEqual(2);
    expect(must(undo(typed.history, typed.document)).document).toEqual(start.document);
  });
});

test('an arrow key that is held moves several nodes in one step, as small as one press', () => {
  const nudge = (state: State, x: number) =>
    edit(state, 'Move', { kind: 'move-nodes', positions: { a: { x, y: 0 }, b: { x, y: 1 } } }, 'nudge');
  const moved = [1, 2, 3, 4].reduce(nudge, start);
  expect(moved.history.past).toHaveLength(1);
  expect(moved.history.past[0]?.change.patches).toHaveLength(2);
  expect(must(undo(moved.history, moved.document)).document).toEqual(start.document);
  const back = must(undo(moved.history, moved.document));
  expect(must(redo(back.history, back.document)).document).toEqual(moved.document);
});

test('only as many steps as the limit are kept, the newest ones', () => {
  let state: State = { ...start, history: createHistory(3) };
  for (let x = 1; x <= 5; x++) state = edit(state, `${x}`, { kind: 'move-nodes', positions: { a: { x, y: 0 } } });
  expect(state.history.past.map((entry) => entry.label)).toEqual(['3', '4', '5']);
  expect(createHistory().limit).toBe(200);
});

function values({ history, document }: State): [History, FlowDocument] {
  return [history, document];
}
