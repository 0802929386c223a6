import { isSame, type Replicate } from '../core/replicate';
import { csvPieces } from '../formats/csv';
import { fileName } from '../formats/file-name';
import type { ReportParts } from '../formats/html';
import { jsonPieces } from '../formats/json';
import { writeSafetensors } from '../formats/safetensors';
import { mainLayer } from '../protocol/layers';
import { type DocumentsDetail, documentsOfPicture } from '../protocol/documents';
import type { Results } from '../protocol/results';
import type { ActivationsPart } from '../run/activations-file';
import { resultsFile } from '../run/results-file';
import { resultTables, tableNames } from '../run/tables';
import { arraysFile, unitTensors } from '../run/unit-arrays';
import { finishedOf, finishedReplicate, type OpenRun, type OpenRuns } from './open-run';
import { picture } from './picture';
import { UserError } from './user-error';
import { inputOf, type OfReplicate, replicateKeys, runKey, type Verb } from './verb';

interface Asked extends Partial<OfReplicate> {
  readonly run: string;
  readonly what: 'numbers' | 'report' | 'activations';
}

interface Exported {
  /** Each is made when it is asked for. */
  readonly files: Iterable<ExportedFile>;
}

export interface ExportedFile {
  /** From the folder of the run. */
  readonly path: string;
  readonly content: string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>;
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
      source: { ...replicateKeys.source, description: 'network whose activations are wanted' },
      point: replicateKeys.point,
      seed: { ...replicateKeys.seed, description: 'replicate whose activations are wanted' },
    },
    'run',
    'what',
  ),
  changes: 'nothing',
  run: async ({ run, what, source = '', point, seed = 0 }, room) => {
    const open = await room.opened(run);
    switch (what) {
      case 'numbers':
        return { files: numbers(open) };
      case 'report':
        return { files: [{ path: 'report.html', content: await report(run, open, room) }] };
      case 'activations':
        return { files: [activations(open, { source, point, seed })] };
    }
  },
};

/** Every file of a run, by its path from the run's folder. */
export function filesOf(results: Results): string[] {
  return [
    'results.json',
    arraysFile,
    'report.html',
    ...tableNames(results).map(tablePath),
    ...results.networks.flatMap(finishedOf).map(activationsPath),
  ];
}

const tablePath = (name: string): string => `tables/${name}.csv`;

export function activationsPath({ source, point, seed }: Replicate): string {
  return `activations/${fileName(source)}/${point === 0 ? '' : `${point}/`}${seed}.safetensors`;
}

function numbers({ results, units }: OpenRun): Iterable<ExportedFile> {
  if (!units)
    throw new UserError('The statistics of single units of this run are not at hand. Analyse it again.');
  const files = function* (): Generator<ExportedFile, void, undefined> {
    yield { path: 'results.json', content: jsonPieces(resultsFile(results, units)) };
    yield { path: arraysFile, content: writeSafetensors(unitTensors(units)) };
    for (const { name, header, rows } of resultTables(results, units))
      yield { path: tablePath(name), content: csvPieces(header, rows) };
  };
  return files();
}

/** Replicates of a sweep whose pictures a report holds at most: those of a small network have about 150 kB. */
const MOST_SHOWN = 12;

/** With the first finished replicate of each network (of a sweep at several points), and what of its last hidden layer is recovered in the next. */
async function report(run: string, open: OpenRun, room: ExportRoom): Promise<string | Uint8Array> {
  const { results, title, analysedAt, ask } = open;
  const points = shownPoints(results);
  const shown = results.networks.flatMap((network) => {
    const finished = finishedOf(network);
    const first = points.flatMap((point) => finished.find((one) => one.point === point) ?? []);
    return first.length > 0 ? first : finished.slice(0, 1);
  });
  const opened = (): Promise<OpenRun> => Promise.resolve(open);
  const pairs = results.networks.flatMap((network) => {
    const finished = finishedOf(network);
    const layer = mainLayer(network.layers)?.name;
    if (finished.length < 2 || layer === undefined) return [];
    const [own, other] = finished;
    return other.point === own.point && shown.some((one) => isSame(one, own)) ? [{ own, other, layer }] : [];
  });
  const [details, recovered, documents, stimuli, laterStimuli, parts] = await Promise.all([
    Promise.all(shown.map((one) => picture.run({ run, ...one }, { opened }))),
    Promise.all(
      pairs.map(({ own, other, layer }) =>
        ask((session) => session.recovery(own, { step: null, layer, other })),
      ),
    ),
    Promise.all(results.asked ? shown.map((one) => saidOf(one, open)) : []),
    ask((session) => session.stimuli()),
    Promise.all(
      otherStimuli(results, points).map(async (point) => ({
        point,
        stimuli: await ask((session) => session.stimuli(point)),
      })),
    ),
    room.dashboard(),
  ]);
  const made = { results: { ...results, title }, stimuli, laterStimuli, details, recovered, documents };
  return room.html({ ...parts, ...made, analysedAt });
}

/** What a replicate says of the first documents of training and of each evaluation set, at its end; nothing where it was recorded elsewhere. */
async function saidOf(one: Replicate, { results, ask }: OpenRun): Promise<DocumentsDetail[]> {
  const isAsked = results.networks.some(({ name, recorded }) => name === one.source && !recorded);
  const sets = isAsked ? [0, ...Object.keys(results.asked ?? {}).map((_, at) => at + 1)] : [];
  const said: DocumentsDetail[] = [];
  for (const set of sets) {
    const wish = { set, shown: 'all', after: 0, most: documentsOfPicture, step: null } as const;
    said.push(await ask((session) => session.documents(one, wish)));
  }
  return said;
}

/** All points where there is room for them; else the first and those that differ from it in one setting, as far as there is. */
function shownPoints({ sweep, networks }: Results): number[] {
  if (!sweep) return [0];
  const all = [...sweep.points.keys()];
  const room = Math.max(1, Math.floor(MOST_SHOWN / networks.length));
  if (all.length <= room) return all;
  const [first] = sweep.points;
  const differing = (point: number): number =>
    sweep.points[point].values.filter((value, at) => value !== first.values[at]).length;
  return all.filter((point) => differing(point) < 2).slice(0, room);
}

/** Those of the points whose stimuli, or their labels, are not those of the first. */
function otherStimuli({ sweep }: Results, points: readonly number[]): number[] {
  if (!sweep) return [];
  const drawn = sweep.settings.map((path) => /^(stimuli|tasks)\./.test(path));
  const [first] = sweep.points;
  return points.filter((point) =>
    sweep.points[point].values.some((value, at) => drawn[at] && value !== first.values[at]),
  );
}

function activations({ results, ask, signal }: OpenRun, asked: OfReplicate): ExportedFile {
  const replicate = finishedReplicate(results, asked);
  const parts = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    let from: number | null = 0;
    while (from !== null) {
      const part: ActivationsPart = await ask((session) => session.activations(replicate, from ?? 0, signal));
      yield part.bytes;
      from = part.next;
    }
  };
  return { path: activationsPath(replicate), content: parts() };
}
