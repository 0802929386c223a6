/** The stimuli that a file asks for cannot be drawn. The message says what is wrong and how to mend it. */
export class StimuliError extends Error {
  /** @param path the place in the experiment file, as in `['stimuli', 'balance']`; where the file leaves it out, its nearest parent */
  constructor(
    message: string,
    readonly path: readonly (string | number)[],
  ) {
    super(message);
    this.name = 'StimuliError';
  }
}
