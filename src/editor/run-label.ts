import { plain } from '../language/plain-text';
import { counted } from '../language/wording';
import { visible } from '../formats/visible';
import type { RecordStatus } from '../protocol/status';
import type { RunRecord } from './run-records';

/** What the list of runs shows of one. */
interface RunLabel {
  readonly label: string;
  readonly description: string;
  /** A name of the icons of VS Code. */
  readonly icon: string;
  readonly colour: string | undefined;
  readonly tooltip: string;
  /** For a screen reader. */
  readonly spoken: string;
}

const icons: Record<RecordStatus | 'some', readonly [icon: string, colour?: string]> = {
  running: ['loading~spin'],
  done: ['pass', 'testing.iconPassed'],
  some: ['warning', 'problemsWarningIcon.foreground'],
  cancelled: ['circle-slash'],
  interrupted: ['debug-pause'],
  failed: ['error', 'testing.iconFailed'],
};

/**
 * A run in the list: its name, or that of its file; how it stands; when it was; how much of it is finished. Only a run of which all
 * replicates are finished has a tick.
 *
 * @param file its short name, where it is, and what tells it apart from files of the same name (`apart`)
 * @param progress of a run that goes on, from 0 to 1
 */
export function runLabel(
  record: RunRecord,
  file: { readonly name: string; readonly place: string; readonly apart: string },
  progress: number | undefined,
): RunLabel {
  const { name, status, quick, title, summary, hazards } = record;
  const when = new Date(record.startedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  const share = progress === undefined ? status : `${Math.floor(progress * 100)} %`;
  const state = status === 'done' ? '' : share;
  const extent = extentOf(record);
  const [icon, colour] = icons[status === 'done' && record.finished < record.planned ? 'some' : status];
  const label = plain(name ?? file.name);
  const said = (parts: readonly string[], between: string): string =>
    parts.filter((part) => part !== '').join(between);
  const ofFile = plain(said([name === undefined ? '' : file.name, file.apart], ' · '));
  return {
    label,
    description: said([ofFile, state, when, quick ? 'quick look' : '', extent], ' · '),
    icon,
    colour,
    tooltip: [
      name ?? '',
      title,
      `${status}, ${record.finished} of ${counted(record.planned, 'replicate')}, ${counted(record.seeds, 'seed')}`,
      when,
      summary,
      hazards > 0 ? `${counted(hazards, 'thing')} to be careful about` : '',
      file.place,
    ]
      .filter((line) => line !== '')
      .map(visible)
      .join('\n'),
    spoken: said([label, ofFile, status, when, extent], ', '),
  };
}

/** How much of a run there is: `5 seeds`; where not all are finished `2 of 5 seeds`, or, of several networks, `7 of 9 replicates`. */
function extentOf({ status, seeds, networks, finished, planned }: RunRecord): string {
  if (status === 'running' || finished >= planned) return counted(seeds, 'seed');
  return networks === 1
    ? `${finished} of ${counted(seeds, 'seed')}`
    : `${finished} of ${counted(planned, 'replicate')}`;
}

/** When a run was started, and how much of it there is. */
export function timeOf(record: RunRecord): string {
  const time = new Date(record.startedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
  return `${time}, ${extentOf(record)}`;
}

/**
 * What tells files of the same name apart: the last of their folders that differ, empty where no other file has the name.
 *
 * @param paths of all files, with `/` between folders
 */
export function apartOf(path: string, paths: readonly string[]): string {
  const folders = path.split('/').slice(0, -1);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const others = [...new Set(paths)].filter((one) => one !== path && one.endsWith(`/${name}`));
  if (others.length === 0) return '';
  for (let count = 1; count < folders.length; count++) {
    const end = `/${[...folders.slice(-count), name].join('/')}`;
    if (!others.some((one) => one.endsWith(end))) return folders.slice(-count).join('/');
  }
  return folders.join('/') || '/';
}
