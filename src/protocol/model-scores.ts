import type { Value } from './results';

/** Scores of model RDMs, as a figure shows them. */
export interface ModelScores {
  /** What the scores are, as an axis has it. */
  readonly measure: string;
  /** RDMs that they are means over. */
  readonly subjects: number;
  /** What these are called (by default subjects, from 1), and what the noise ceiling is. */
  readonly subjectNames?: readonly string[];
  readonly ceilingName?: string;
  readonly models: readonly {
    readonly name: string;
    readonly value: Value;
    readonly bySubject: readonly Value[];
    readonly low: Value;
    readonly high: Value;
    /** Whether it is above 0, and another than the lower noise ceiling, of all such tests. */
    readonly aboveZero: { readonly corrected: Value };
    readonly ceiling: { readonly corrected: Value };
  }[];
  readonly ceiling: { readonly lower: Value; readonly upper: Value };
  readonly differences: readonly {
    readonly first: string;
    readonly second: string;
    readonly corrected: Value;
  }[];
  /** Below which p counts, and what p is, in words. */
  readonly level: number;
  readonly tests: string;
  readonly confidence: number;
}

/** A figure as a file. */
export interface FigureMaker {
  readonly modelScoresSvg: (scores: ModelScores, title: string, description: string) => string;
}
