import { csvPieces } from '../formats/csv';
import { readExperiment } from '../sources/read-experiment';
import { missedProblem, stimuliProblem } from '../run/check';
import { corpusLines } from '../stimuli/documents/corpus-lines';
import { drawStimuli, type StimulusSets } from '../stimuli/draw-stimuli';
import { missedStatements } from '../stimuli/missed';
import { StimuliError } from '../stimuli/stimuli-error';
import { stimulusTable } from '../stimuli/stimulus-table';
import { exitCode } from './exit-code';
import { givenPath, readText, writeWhole } from './files';
import { tryOut } from './out-folder';
import { problemLine } from './problems';
import { room } from './room';
import { exitOnSignals, holdingSignals } from './signals';

interface Options {
  readonly out?: string;
  readonly documents?: boolean;
}

/** `repscope stimuli FILE`: the stimulus table (labels and inputs of all sets) as CSV, or the documents as lines of JSON, to standard output or a file. */
export async function stimuli(file: string, { out, documents = false }: Options): Promise<number> {
  const reading = readExperiment(await readText(file), undefined, { files: room.brought(file) });
  for (const problem of reading.problems) process.stderr.write(`${problemLine(file, problem)}\n`);
  if (!reading.experiment) return exitCode.problems;
  try {
    // The trial makes and removes the folder.
    if (out !== undefined) await holdingSignals(() => tryOut(givenPath('--out', out)));
    const sets = drawStimuli(reading.experiment);
    for (const { message, path } of missedStatements(reading.experiment, sets))
      process.stderr.write(`${problemLine(file, missedProblem(reading, message, path))}\n`);
    const pieces = piecesOf(sets, documents);
    if (out === undefined) {
      for (const piece of pieces)
        if (!process.stdout.write(piece))
          await new Promise((drained) => process.stdout.once('drain', drained));
    } else {
      // Not before: a signal is heard between pieces, and drawing has none.
      exitOnSignals();
      await writeWhole(out, pieces);
    }
    return exitCode.done;
  } catch (error) {
    if (!(error instanceof StimuliError)) throw error;
    process.stderr.write(`${problemLine(file, stimuliProblem(reading, error.message, error.path))}\n`);
    return exitCode.problems;
  }
}

/** @throws StimuliError where there are no documents and these are wanted */
function piecesOf({ train, fit, test, corpus }: StimulusSets, documents: boolean): Iterable<string> {
  if (!documents) {
    const { header, rows } = stimulusTable([train, fit, test]);
    return csvPieces(header, rows);
  }
  if (corpus) return corpusLines(corpus);
  throw new StimuliError('The stimuli are no documents. Leave out --documents.', ['stimuli']);
}
