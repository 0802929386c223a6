/** Something wrong in an experiment file, at a place, with its mend; or what one should know of it (`info`). Lines and columns count from 0, as in VS Code. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  /** A stable name of the kind of problem, for quick fixes and tests. */
  readonly code: string;
  /** One sentence: what is wrong and how to mend it. */
  readonly message: string;
  readonly range: Range;
  /** Any JSON parser, or the schema alone, finds it. */
  readonly structural: boolean;
  /** A replacement of the text of a range that mends it, where there is one. */
  readonly fix?: { readonly title: string; readonly range: Range; readonly text: string };
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly character: number;
  readonly offset: number;
}
