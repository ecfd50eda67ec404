/** The syntax tree. `start` and `end` are offsets into the source, so that an error can quote what failed. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type UnaryOperator = '!' | '-' | 'typeof';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '==' | '!=' | '<' | '>' | '<=' | '>=';
export type LogicalOperator = '&&' | '||' | '??';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | LogicalOperator;

export interface MapEntry {
  readonly key: string;
  readonly value: Node;
}

export interface Declaration {
  readonly name: string;
  readonly value: Node;
}

export type Node = Span &
  (
    | { readonly kind: 'literal'; readonly value: null | boolean | number | string }
    /** One text more than there are expressions. */
    | { readonly kind: 'template'; readonly texts: readonly string[]; readonly expressions: readonly Node[] }
    | { readonly kind: 'identifier'; readonly name: string }
    | { readonly kind: 'list'; readonly items: readonly Node[] }
    | { readonly kind: 'map'; readonly entries: readonly MapEntry[] }
    | { readonly kind: 'member'; readonly target: Node; readonly name: string; readonly optional: boolean }
    | { readonly kind: 'index'; readonly target: Node; readonly index: Node; readonly optional: boolean }
    | { readonly kind: 'call'; readonly callee: Node; readonly args: readonly Node[] }
    | { readonly kind: 'new'; readonly name: string; readonly args: readonly Node[] }
    | { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: Node }
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
    | { readonly kind: 'conditional'; readonly test: Node; readonly yes: Node; readonly no: Node }
    | { readonly kind: 'throw'; readonly value: Node }
    | { readonly kind: 'sequence'; readonly declarations: readonly Declaration[]; readonly body: Node }
    | { readonly kind: 'try'; readonly body: Node; readonly name: string | null; readonly handler: Node }
  );

export type NodeOf<K extends Node['kind']> = Extract<Node, { readonly kind: K }>;
