import { csvLines } from '../formats/csv';
import { fileName } from '../formats/file-name';
import type { ReportParts } from '../formats/html';
import { jsonPieces } from '../formats/json';
import { inPieces } from '../formats/pieces';
import { writeSafetensors } from '../formats/safetensors';
import type { Results } from '../protocol/results';
import { resultsFile } from '../run/results-file';
import { resultTables, tableNames } from '../run/tables';
import { arraysFile, unitTensors } from '../run/unit-arrays';
import { finishedReplicate, type OpenRun, type OpenRuns } from './open-run';
import { picture } from './picture';
import { UserError } from './user-error';
import { inputOf, runKey, type Verb } from './verb';

interface Asked {
  readonly run: string;
  readonly what: 'numbers' | 'report' | 'activations';
  readonly network?: string;
  readonly seed?: number;
}

interface Exported {
  /** Each is made when it is asked for. */
  readonly files: Iterable<ExportedFile>;
}

export interface ExportedFile {
  /** From the folder of the run. */
  readonly path: string;
  readonly content: string | Uint8Array | Iterable<string | Uint8Array>;
}

export interface ExportRoom extends OpenRuns {
  /** The scripts and styles of the dashboard, which a report holds. */
  readonly dashboard: () => Promise<Pick<ReportParts, 'bundle' | 'plotly' | 'styles'>>;
  /** Puts a report together, which takes a while. */
  readonly html: (parts: ReportParts) => Promise<string | Uint8Array>;
}

/** The files of a run: its numbers, its report, or the activations of one replicate. */
export const exportRun: Verb<Asked, Exported, ExportRoom> = {
  name: 'export',
  says: 'Give the files of a run: its numbers, its report, or the activations of one replicate.',
  input: inputOf<Asked>(
    {
      run: runKey,
      what: {
        type: 'string',
        enum: ['numbers', 'report', 'activations'],
        description: 'results.json with arrays and tables, report.html, or activations',
      },
      network: { type: 'string', description: 'network whose activations are wanted' },
      seed: {
        type: 'integer',
        minimum: 0,
        maximum: 9999,
        description: 'replicate whose activations are wanted',
      },
    },
    'run',
    'what',
  ),
  changes: 'nothing',
  run: async ({ run, what, network = '', seed = 0 }, room) => {
    const open = await room.opened(run);
    switch (what) {
      case 'numbers':
        return { files: numbers(open) };
      case 'report':
        return { files: [{ path: 'report.html', content: await report(run, open, room) }] };
      case 'activations':
        return { files: [await activations(open, network, seed)] };
    }
  },
};

/** Every file of a run, by its path from the run's folder. */
export function filesOf({ networks }: Results): string[] {
  return [
    'results.json',
    arraysFile,
    'report.html',
    ...tableNames.map(tablePath),
    ...networks.flatMap(({ name, replicates }) =>
      replicates.filter(({ status }) => status === 'done').map(({ seed }) => activationsPath(name, seed)),
    ),
  ];
}

const tablePath = (name: string): string => `tables/${name}.csv`;

export function activationsPath(network: string, seed: number): string {
  return `activations/${fileName(network)}/${seed}.safetensors`;
}

function numbers({ results, units }: OpenRun): Iterable<ExportedFile> {
  if (!units)
    throw new UserError('The statistics of single units of this run are not at hand. Analyse it again.');
  const files = function* (): Generator<ExportedFile, void, undefined> {
    yield { path: 'results.json', content: jsonPieces(resultsFile(results, units)) };
    yield { path: arraysFile, content: writeSafetensors(unitTensors(units)) };
    for (const { name, header, rows } of resultTables(results, units))
      yield { path: tablePath(name), content: inPieces(csvLines(header, rows)) };
  };
  return files();
}

/** With the first finished replicate of each network. */
async function report(run: string, open: OpenRun, room: ExportRoom): Promise<string | Uint8Array> {
  const { results, title, analysedAt, ask } = open;
  const shown = results.networks.flatMap(({ name, replicates }) => {
    const first = replicates.find(({ status }) => status === 'done');
    return first ? [{ run, network: name, seed: first.seed }] : [];
  });
  const opened = (): Promise<OpenRun> => Promise.resolve(open);
  const [details, stimuli, parts] = await Promise.all([
    Promise.all(shown.map((one) => picture.run(one, { opened }))),
    ask((session) => session.stimuli()),
    room.dashboard(),
  ]);
  return room.html({ ...parts, results: { ...results, title }, stimuli, details, analysedAt });
}

async function activations(
  { results, ask, signal }: OpenRun,
  network: string,
  seed: number,
): Promise<ExportedFile> {
  const replicate = finishedReplicate(results, network, seed);
  const content = await ask((session) => session.activations(replicate, signal));
  return { path: activationsPath(network, seed), content };
}
