import { describe, expect, test } from 'vitest';
import { apply, flow, inside, wire, zone } from '../fixture.js';
import { load } from '../load/load.js';
import { save } from '../save.js';
import { copyFragment } from './fragment.js';
import { parseFragment } from './parse-fragment.js';
import { type PasteOptions, pasteOperations } from './paste.js';

const document = flow(
  {
    n: 'number',
    list: 'ints',
    each: zone('for-each'),
    g: zone('group', { parent: 'each' }),
    a: inside('g', 'same'),
    loop: zone('while', { parent: 'each' }),
    b: inside('loop', 'same'),
    out: 'show',
  },
  [
    ...['list.list -> each.items', 'each.item -> a.x', 'n.out -> a.y', 'a.out -> loop.value', 'each.index -> b.x'],
    ...[
      'loop.value.current -> b.y',
      'b.out -> loop.value.next',
      'loop.value -> each.result',
      'each.result -> out.value',
    ],
    'loop.index -> loop.continue',
  ],
);

/** What is added to the document when these nodes are copied through the clipboard. */
function duplicate(
  ids: readonly string[],
  options: PasteOptions = {},
): { nodes: Record<string, string>; wires: string[] } {
  const fragment = parseFragment(JSON.stringify(copyFragment(document, ids)));
  if (!fragment) throw new Error('It should be a fragment.');
  let next = 0;
  const { operations } = pasteOperations(document, fragment, {
    createId: (prefix) => `${prefix}${next++}`,
    ...options,
  });
  const { nodes, edges } = apply(document, ...operations);
  // Copies are named for what they are copies of.
  const names = new Map(Object.keys(fragment.nodes).map((id, index) => [`node${index}`, `${id}'`]));
  const name = (id: string): string => names.get(id) ?? id;
  return {
    nodes: Object.fromEntries([...names].map(([id, copy]) => [copy, name(nodes[id]?.parent ?? '-')])),
    wires: Object.entries(edges).flatMap(([id, { source, sourcePort, target, targetPort }]) =>
      Object.hasOwn(document.edges, id) ? [] : [`${name(source)}.${sourcePort} -> ${name(target)}.${targetPort}`],
    ),
  };
}

describe('a copied zone', () => {
  test('takes its body along, with the wires on its inner ports', () => {
    expect(duplicate(['each'])).toEqual({
      nodes: { "each'": '-', "g'": "each'", "a'": "g'", "loop'": "each'", "b'": "loop'" },
      wires: [
        "loop'.value -> each'.result",
        "each'.item -> a'.x",
        "a'.out -> loop'.value",
        "b'.out -> loop'.value.next",
        "loop'.index -> loop'.continue",
        "each'.index -> b'.x",
        "loop'.value.current -> b'.y",
      ],
    });
  });

  test('takes what comes from outside when asked, and may be put into a zone', () => {
    const { nodes, wires } = duplicate(['loop'], { keepIncoming: true, parent: 'each' });
    expect(nodes).toEqual({ "loop'": 'each', "b'": "loop'" });
    expect(wires).toEqual(expect.arrayContaining(["a.out -> loop'.value", "each.index -> b'.x"]));
    expect(wires).toHaveLength(5);
  });

  test('outside of the zone takes no values that differ in each iteration of it', () => {
    const { wires } = duplicate(['loop', 'a'], { keepIncoming: true });
    expect(wires).toContain("n.out -> a'.y");
    expect(wires.filter((text) => /^(each|a)\./.test(text))).toEqual([]);
  });
});

test('a copied node of a body stands beside its original when told so', () => {
  expect(duplicate(['a'], { keepIncoming: true, parent: 'g' })).toEqual({
    nodes: { "a'": 'g' },
    wires: ["each.item -> a'.x", "n.out -> a'.y"],
  });
  expect(duplicate(['b'], { keepIncoming: true, parent: 'loop' }).wires).toEqual([
    "each.index -> b'.x",
    "loop.value.current -> b'.y",
  ]);
});

test('what was pasted can be saved and opens without an issue', () => {
  const { operations } = pasteOperations(document, copyFragment(document, ['each']), { keepIncoming: true });
  const pasted = apply(document, ...operations);
  expect(load(save(pasted))).toEqual({ document: pasted, issues: [] });
  expect(Object.values(pasted.edges)).toContainEqual(wire('list.list -> each.items'));
});
