import { formatPortType, type NodeType } from '@loom/graph';
import { expect, it } from 'vitest';
import { pythonShelf } from './shelf.js';

it('every node is documented, typed, pure and free of problems', () => {
  for (const type of pythonShelf.types) {
    expect(type.problems).toEqual([]);
    expect(type.pure).toBe(true);
    expect([type.id, type.description, type.category]).not.toContain(undefined);
    expect(type.inputs.filter(({ help }) => !help).map(({ id }) => `${type.id}.${id}`)).toEqual([]);
    expect(type.outputs.length).toBeGreaterThan(0);
  }
});

it('the ids are unique, and the nodes of a topic share one source', () => {
  const ids = pythonShelf.types.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const sources = pythonShelf.types.map(({ implementation }) => 'source' in implementation && implementation.source);
  expect(new Set(sources).size).toBe(5);
});

it('signatures become ports', () => {
  const signature = ({ id, inputs, outputs }: NodeType) => {
    const taken = inputs.map((port) => `${port.id}${port.required ? '' : '?'}: ${formatPortType(port.type)}`);
    const given = outputs.map((port) => `${port.id}: ${formatPortType(port.type)}`);
    return `${id} (${taken.join(', ')}) -> ${given.join(', ')}`;
  };
  expect(pythonShelf.types.map(signature)).toMatchInlineSnapshot(`
    [
      "python/parse_csv (text: string, delimiter?: string, numbers?: bool) -> result: list<dict<any, any>>",
      "python/parse_json (text: string) -> result: any",
      "python/write_csv (rows: list<dict<any, any>>, delimiter?: string) -> result: string",
      "python/filter_rows (rows: list<dict<any, any>>, column: string, operator: "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "starts with" | "ends with" | "is one of", value: any) -> result: list<dict<any, any>>",
      "python/drop_missing (rows: list<dict<any, any>>, column?: string) -> result: list<dict<any, any>>",
      "python/select_columns (rows: list<dict<any, any>>, columns: list<string>) -> result: list<dict<any, any>>",
      "python/sort_rows (rows: list<dict<any, any>>, column: string, descending?: bool) -> result: list<dict<any, any>>",
      "python/limit_rows (rows: list<dict<any, any>>, count?: int, skip?: int) -> result: list<dict<any, any>>",
      "python/group_by (rows: list<dict<any, any>>, by: string, column?: string, how?: "mean" | "median" | "sum" | "min" | "max" | "std" | "count") -> result: list<dict<any, any>>",
      "python/join_rows (left: list<dict<any, any>>, right: list<dict<any, any>>, on: string, how?: "inner" | "left" | "outer") -> result: list<dict<any, any>>",
      "python/calculate_column (rows: list<dict<any, any>>, name: string, column: string, operator: "+" | "-" | "*" | "/" | "//" | "%" | "**", other: string | number) -> result: list<dict<any, any>>",
      "python/column_values (rows: list<dict<any, any>>, column: string, distinct?: bool, missing?: bool) -> result: list<any>",
      "python/add (a: number, b: number) -> result: number",
      "python/subtract (a: number, b: number) -> result: number",
      "python/multiply (a: number, b: number) -> result: number",
      "python/divide (a: number, b: number) -> result: number",
      "python/round_number (value: number, digits?: int) -> result: number",
      "python/add_all (numbers?: number) -> result: number",
      "python/summarise (values: list<number>) -> count: int, mean: number, median: number, deviation: number, smallest: number, largest: number",
      "python/linear_regression (x: list<number>, y: list<number>) -> slope: number, intercept: number, fit: number",
      "python/fill_template (template: string, values: dict<string, any>) -> result: string",
      "python/split_text (text: string, separator?: string, trim?: bool) -> result: list<string>",
      "python/join_text (parts: list<any>, separator?: string) -> result: string",
      "python/replace_text (text: string, find: string, replacement?: string, pattern?: bool, ignore_case?: bool) -> result: string",
      "python/change_case (text: string, case?: "lower" | "upper" | "title" | "sentence") -> result: string",
      "python/count_words (text: string, most?: int, ignore_case?: bool) -> result: list<dict<any, any>>",
      "python/compare (a: any, operator: "==" | "!=" | "<" | "<=" | ">" | ">=" | "in", b: any) -> result: bool",
      "python/choose (condition: bool, when_true: T, when_false: T) -> result: T",
      "python/first_present (values?: T) -> result: T | none",
      "python/all_true (conditions?: bool) -> result: bool",
      "python/any_true (conditions?: bool) -> result: bool",
      "python/bar_chart (rows: list<dict<any, any>>, label: string, value: string, title?: string) -> result: Svg",
      "python/line_chart (rows: list<dict<any, any>>, x: string, y: string, group?: string, title?: string) -> result: Svg",
      "python/scatter_chart (rows: list<dict<any, any>>, x: string, y: string, group?: string, title?: string) -> result: Svg",
      "python/histogram (values: list<number>, bins?: int, title?: string) -> result: Svg",
    ]
  `);
});
