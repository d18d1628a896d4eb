import type { PortId } from '@loom/graph';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** One step of a comparison, which may be a chain: `0 < index < 5`. */
export interface Comparison {
  readonly operator: ComparisonOperator;
  readonly column: number;
  readonly operand: Expression;
}

/** A condition that has been read. `column` is where its part begins, or where its operator stands. */
export type Expression = { readonly column: number } & (
  | { readonly kind: 'value'; readonly value: null | boolean | number | string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'index' }
  | { readonly kind: 'frame' }
  | { readonly kind: 'input'; readonly port: PortId }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  | { readonly kind: 'length'; readonly of: Expression }
  | { readonly kind: 'not' | 'negate'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'compare'; readonly first: Expression; readonly rest: readonly Comparison[] }
);
