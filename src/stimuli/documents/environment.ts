/** A world in which a network acts by what it says, for each document of an evaluation set. */
export interface Environment {
  /** Tokens that are actions: the likeliest of them is done. */
  readonly actions: Uint16Array;
  /** Tokens before the first step of each document, … */
  readonly header: number;
  /** … and of each step: what is shown, and then the action. */
  readonly step: number;
  /** Steps that are remembered, the present one among them: older ones are not shown any more. */
  readonly remembered: number;
  /** @param document its place in the set; its header and what it is shown first are those of the document */
  begin(document: number): Walk;
}

export interface Walk {
  /** Where one was, from the beginning on. */
  readonly places: readonly number[];
  /** @param action its place among all. @returns what is shown next, as tokens; or how it ended */
  act(action: number): readonly number[] | 'reached' | 'late';
}
