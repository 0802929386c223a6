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
  /** What there is to be seen of a document's world from above. @param document its place in the set */
  scene(document: number): Scene;
  /**
   * @param document its place in the set; its header and what it is shown first are those of the document
   * @param most actions after which it is too late; by default as many as are allowed where it is asked
   */
  begin(document: number, most?: number): Walk;
  /** The first token of documents that seek what lies at a place of a document's world; null where nothing does. @param document its place in the set */
  seeking(document: number, place: number): number | null;
}

/** A world from above, and how one gets to where one is to get. */
interface Scene {
  /** Row by row, a sign for each place: "#" wall, "." floor, a letter an object. A place is its row times the places of a row, plus its column. */
  readonly map: readonly string[];
  readonly goal: number;
  /** Places of a shortest way, from where one begins to the goal. */
  readonly shortest: readonly number[];
  /** Moves in which the goal is to be reached. */
  readonly most: number;
  /** What is seen from a place, row by row. */
  readonly seen: (place: number) => string[];
  /** Actions, by their place among all, with which a shortest way begins at a place. */
  readonly best: (place: number) => number[];
}

export interface Walk {
  /** Where one was, from the beginning on. */
  readonly places: readonly number[];
  /** @param action its place among all. @returns what is shown next, as tokens; or how it ended */
  act(action: number): readonly number[] | 'reached' | 'late';
}
