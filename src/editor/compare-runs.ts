import * as vscode from 'vscode';
import type { NetworkPair } from '../protocol/comparison';
import { compare } from '../verbs/compare';
import { UserError } from '../verbs/user-error';
import type { NamedRun } from '../verbs/verb';
import type { Analysis } from './analysis';
import type { Desk } from './analyze';
import { chosenExperiment } from './analyze';
import { choose, chooseMany } from './choose';
import { experimentOf, shortNameOf } from './experiment-file';
import { apartOf, extentOf } from './run-label';
import type { RunRecord } from './run-records';
import { inLabel } from './shown-text';

const title = 'Compare Runs';

/**
 * Sets a run beside others in the dashboard of the first: other files, or one file before and after an edit.
 *
 * @param argument the run, or its file; asked for where there is none
 */
export async function compareRuns(desk: Desk, argument: unknown): Promise<void> {
  const { analyses, dashboards } = desk;
  await analyses.records.load();
  const started = argument !== undefined || experimentOf(undefined, dashboards.active) !== undefined;
  const record = started ? runOf(argument) : await firstOf(analyses.records.all);
  if (!started && !record) return;
  const analysis = record ? await analyses.showRun(record) : await analysisOf(desk, argument);
  if (!analysis) return;
  const { results, experiment, resultsRecord: current } = analysis;
  if (!current || !results || !experiment) {
    void vscode.window.showInformationMessage('There is nothing to compare yet: analyze the file first.');
    return;
  }
  const others = itemsOf(analyses.records.all.filter(({ id }) => id !== current.id));
  const chosen = others && (await chooseMany(others, { title, placeholder: 'The runs to compare with' }));
  if (!chosen || chosen.length === 0) return;
  const ids = chosen.map(({ record: { id } }) => id);
  await setBeside(desk, analysis, ids, []);

  function runOf(value: unknown): RunRecord | undefined {
    const { id } = (value ?? {}) as Partial<RunRecord>;
    return typeof id === 'string' ? analyses.records.find(id) : undefined;
  }
}

/** Shows what a file's dashboard shows beside other runs. @param others their ids */
export async function setBeside(
  { analyses, dashboards }: Desk,
  analysis: Analysis,
  others: readonly string[],
  pairs: readonly NetworkPair[],
): Promise<void> {
  const current = analysis.resultsRecord;
  if (!current) return;
  const pair = pairs.map(({ here, there }) => `${here}=${there}`);
  const found = await compare.run({ run: current.id, others, pair }, { kept });
  analysis.setComparison({ found, others, pairs });
  dashboards.show(analysis);

  async function kept(run: string): Promise<NamedRun> {
    const { results, experiment } = analysis;
    // What is shown need not be written yet.
    if (run === current?.id && results) return { name: nameOf(current), results, experiment };
    const record = analyses.records.find(run);
    const read = record && (await analyses.records.results(run));
    if (!read) throw new UserError('what that run found is not kept any longer. Run it again.');
    return { name: nameOf(record), ...read };
  }
}

async function analysisOf(desk: Desk, argument: unknown): Promise<Analysis | undefined> {
  const uri = chosenExperiment(desk, argument);
  if (!uri) return undefined;
  await desk.analyses.restore(uri);
  return desk.analyses.of(uri);
}

async function firstOf(records: readonly RunRecord[]): Promise<RunRecord | undefined> {
  const items = itemsOf(records);
  return items && (await choose(items, { title, placeholder: 'The run to show beside others' }))?.record;
}

/** Runs to choose from; undefined, with a word to the user, where there are none. */
function itemsOf(records: readonly RunRecord[]) {
  const paths = records.map(({ uri }) => vscode.Uri.parse(uri).path);
  const items = records
    .filter(({ finished }) => finished > 0)
    .map((record) => ({
      label: inLabel(record.name ?? shortNameOf(vscode.Uri.parse(record.uri))),
      description: inLabel(
        [apartOf(vscode.Uri.parse(record.uri).path, paths), timeOf(record)]
          .filter((part) => part !== '')
          .join(' · '),
      ),
      detail: inLabel(record.summary),
      record,
    }));
  if (items.length > 0) return items;
  void vscode.window.showInformationMessage(
    'There is no other run to compare with: analyze a second file, or this one after an edit.',
  );
  return undefined;
}

function nameOf(record: RunRecord): string {
  return `${record.name ?? shortNameOf(vscode.Uri.parse(record.uri))}, ${timeOf(record)}`;
}

function timeOf(record: RunRecord): string {
  const time = new Date(record.startedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
  return `${time}, ${extentOf(record)}`;
}
