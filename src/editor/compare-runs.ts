import * as vscode from 'vscode';
import type { NetworkPair } from '../protocol/comparison';
import type { Analysis } from './analysis';
import type { Desk } from './analyze';
import { chosenExperiment } from './analyze';
import { compareBeside } from './beside';
import { choose, chooseMany } from './choose';
import { experimentOf, shortNameOf } from './experiment-file';
import { apartOf, timeOf } from './run-label';
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
  const run = analysis.resultsRecord?.id ?? '';
  await compareBeside(analyses.records, analysis, { run, others, pairs, at: Date.now() });
  dashboards.show(analysis);
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
