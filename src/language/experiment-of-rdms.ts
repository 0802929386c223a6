import { rdmsIn } from '../formats/rdm-array';
import {
  type ActivationsFile,
  ActivationsError,
  grouped,
  type NearTable,
  stimuliFor,
  type Written,
} from './experiment-of-activations';

/** A file of RDMs that an experiment is to be written for. */
export interface RdmsFile extends ActivationsFile {
  /** Its arrays of RDMs. */
  readonly rdms: readonly string[];
  /** What the RDMs of its array `models` are called, where it says so. */
  readonly modelNames?: readonly string[];
}

/** RDMs in arrays or files of such names are models. */
const ofModels = /model/i;

/**
 * An experiment of RDMs: each array of RDMs is a recording, each RDM in it a replicate, and files whose names differ in one number alone are the replicates of one. RDMs in
 * arrays or files that are called models are model RDMs, which are tested; without such, the columns of the table are.
 *
 * @param freeName of a table of stimuli that is written
 * @throws ActivationsError where the RDMs are not of the same stimuli
 */
export function experimentOfRdms(
  files: readonly RdmsFile[],
  tables: readonly NearTable[],
  freeName: string,
): Written {
  const size = sizeOf(files);
  const { table, spec, hasColumns, says } = stimuliFor(size, tables, freeName, 'RDMs');
  const isModel = (path: string, array: string): boolean => ofModels.test(array === '' ? path : array);
  const recordings: string[] = [];
  const single: RdmsFile[] = [];
  const models: string[] = [];
  for (const file of files)
    for (const array of file.rdms)
      if (isModel(file.path, array)) models.push(...modelsIn(file, array));
      else if (file.rdms.length > 1 || array !== '')
        recordings.push(
          `    ${JSON.stringify(array || file.path)}: { "rdms": ${JSON.stringify(placeOf(file, array))} }`,
        );
      else single.push(file);
  for (const [pattern, name] of grouped(single))
    recordings.push(`    ${JSON.stringify(name)}: { "rdms": ${JSON.stringify(pattern)} }`);
  if (recordings.length === 0)
    throw new ActivationsError(
      'All these RDMs are models: choose the RDMs of subjects (or of layers), too, in files that are not called models.',
    );
  const tested = models.length > 0 || hasColumns;
  return {
    table,
    experiment: [
      `// ${says}`,
      '// Each RDM is a replicate; "inference" tests model RDMs, by rho-a, which predictions with ties do not profit from.',
      '{',
      `  "stimuli": ${spec},`,
      '  "recordings": {',
      recordings.join(',\n'),
      `  }${tested ? ',' : ''}`,
      ...(tested
        ? [
            '  "analyses": {',
            ...(models.length > 0
              ? ['    "rsa": {', '      "models": {', models.join(',\n'), '      }', '    },']
              : []),
            '    "inference": { "method": "rho-a" }',
            '  }',
          ]
        : []),
      '}',
      '',
    ].join('\n'),
  };
}

function placeOf({ path, shapes }: ActivationsFile, array: string): string {
  return array === '' || shapes.size === 1 ? path : `${path}:${array}`;
}

/** The model RDMs of an array, by their names. */
function modelsIn(file: RdmsFile, array: string): string[] {
  const { count } = rdmsIn(file.path, file.shapes.get(array) ?? []);
  const base = array === '' ? file.path.replace(/^.*\//, '').replace(/\.[^.]*$/, '') : array;
  const place = placeOf(file, array);
  return Array.from({ length: count }, (_, at) => {
    const name = file.modelNames?.[at] ?? (count === 1 ? base : `${base} ${at + 1}`);
    return `        ${JSON.stringify(name)}: ${JSON.stringify(count === 1 ? place : `${place}[${at}]`)}`;
  });
}

/** Stimuli of all RDMs. */
function sizeOf(files: readonly RdmsFile[]): number {
  const sizes = files.flatMap(({ path, shapes, rdms }) =>
    rdms.map((array) => ({ path, size: rdmsIn(path, shapes.get(array) ?? []).size })),
  );
  const other = sizes.find(({ size }) => size !== sizes[0].size);
  if (other)
    throw new ActivationsError(
      `${other.path} has RDMs of ${other.size} stimuli and ${sizes[0].path} of ${sizes[0].size}: choose files of the same stimuli.`,
    );
  return sizes[0].size;
}
