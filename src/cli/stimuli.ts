import { csvPieces } from '../formats/csv';
import { readExperiment } from '../sources/read-experiment';
import { missedProblem, stimuliProblem } from '../run/check';
import { drawStimuli } from '../stimuli/draw-stimuli';
import { missedStatements } from '../stimuli/missed';
import { StimuliError } from '../stimuli/stimuli-error';
import { stimulusTable } from '../stimuli/stimulus-table';
import { exitCode } from './exit-code';
import { givenPath, readText, writeWhole } from './files';
import { tryOut } from './out-folder';
import { problemLine } from './problems';
import { room } from './room';
import { exitOnSignals, holdingSignals } from './signals';

/** `repscope stimuli FILE`: the stimulus table (labels and inputs of all sets) as CSV, to standard output or a file. */
export async function stimuli(file: string, { out }: { out?: string }): Promise<number> {
  const reading = readExperiment(await readText(file), undefined, { files: room.brought(file) });
  for (const problem of reading.problems) process.stderr.write(`${problemLine(file, problem)}\n`);
  if (!reading.experiment) return exitCode.problems;
  try {
    // The trial makes and removes the folder.
    if (out !== undefined) await holdingSignals(() => tryOut(givenPath('--out', out)));
    const sets = drawStimuli(reading.experiment);
    for (const { message, path } of missedStatements(reading.experiment, sets))
      process.stderr.write(`${problemLine(file, missedProblem(reading, message, path))}\n`);
    const { train, fit, test } = sets;
    const { header, rows } = stimulusTable([train, fit, test]);
    if (out === undefined) {
      for (const piece of csvPieces(header, rows))
        if (!process.stdout.write(piece))
          await new Promise((drained) => process.stdout.once('drain', drained));
    } else {
      // Not before: a signal is heard between pieces, and drawing has none.
      exitOnSignals();
      await writeWhole(out, csvPieces(header, rows));
    }
    return exitCode.done;
  } catch (error) {
    if (!(error instanceof StimuliError)) throw error;
    process.stderr.write(`${problemLine(file, stimuliProblem(reading, error.message, error.path))}\n`);
    return exitCode.problems;
  }
}
