import type { TokenLine } from '../formats/token-lines';

/** What an experiment brings along, by the names that its file has for it: tables, and files of arrays. */
export interface BroughtFiles {
  /** The columns of a CSV file by their heads, all equally long. @throws BroughtError */
  columns(file: string): ReadonlyMap<string, readonly string[]>;
  /** The documents of a file of JSON lines; the same object while the file is the same. @throws BroughtError */
  documents(file: string): readonly TokenLine[];
  /**
   * The files of a name, or of a pattern such as `acts/resnet-{seed}.npy`, in the order of what stands at its braces.
   *
   * @throws BroughtError where there is none
   */
  matching(pattern: string): readonly BroughtFile[];
}

/** One file of arrays; nothing of it but its digest and shapes is read. */
export interface BroughtFile {
  /** Where it is, whoever asks. */
  readonly path: string;
  /** What stands at the braces; null where there are none. */
  readonly as: string | null;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  /** By name; the name is empty where the format gives none. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/** Why something that an experiment brings along cannot be read: a sentence. */
export class BroughtError extends Error {
  override readonly name = 'BroughtError';
}

/** Of what is not read yet, and will be. */
export class NotReadYet extends BroughtError {
  constructor(file: string) {
    super(`${file} is being read: it is large.`);
  }
}

/** Where an experiment has nothing around it. */
export const nothingBrought: BroughtFiles = {
  columns: (file) => {
    throw new BroughtError(`${file} is not read here: analyse the file where it is saved.`);
  },
  documents: (file) => nothingBrought.columns(file) as never,
  matching: (file) => nothingBrought.columns(file) as never,
};
