import * as vscode from 'vscode';
import { compare } from '../verbs/compare';
import { UserError } from '../verbs/user-error';
import type { NamedRun } from '../verbs/verb';
import type { Desk } from './analyze';
import { chosenExperiment } from './analyze';
import { choose } from './choose';
import { experimentOf, shortNameOf } from './experiment-file';
import { apartOf, extentOf } from './run-label';
import type { RunRecord } from './run-records';
import { inLabel } from './shown-text';

/**
 * Sets a run beside another one in the dashboard of the first: two files, or one file before and after an edit.
 *
 * @param argument the run, or its file; asked for where there is none
 */
export async function compareRuns(desk: Desk, argument: unknown): Promise<void> {
  const { analyses, dashboards } = desk;
  await analyses.records.load();
  const started = argument !== undefined || experimentOf(undefined, dashboards.active) !== undefined;
  const record = started
    ? runOf(argument)
    : await chosenOf(analyses.records.all, 'The run to show beside another');
  if (!started && !record) return;
  const analysis = record ? await analyses.showRun(record) : await analysisOf(desk, argument);
  if (!analysis) return;
  const { results, experiment } = analysis;
  const current = analysis.resultsRecord;
  if (!current || !results || !experiment) {
    void vscode.window.showInformationMessage('There is nothing to compare yet: analyze the file first.');
    return;
  }
  const others = analyses.records.all.filter(({ id }) => id !== current.id);
  const other = await chosenOf(others, 'The run to compare with');
  if (!other) return;
  const kept = async (run: string): Promise<NamedRun> => {
    // What is shown need not be written yet.
    if (run === current.id) return { name: nameOf(current), results, experiment };
    const found = await analyses.records.results(run);
    if (!found) throw new UserError('what that run found is not kept any longer. Run it again.');
    return { name: nameOf(other), ...found };
  };
  analysis.setComparison(await compare.run({ run: current.id, other: other.id }, { kept }));
  dashboards.show(analysis);

  function runOf(value: unknown): RunRecord | undefined {
    const { id } = (value ?? {}) as Partial<RunRecord>;
    return typeof id === 'string' ? analyses.records.find(id) : undefined;
  }
}

async function analysisOf(desk: Desk, argument: unknown) {
  const uri = chosenExperiment(desk, argument);
  if (!uri) return undefined;
  await desk.analyses.restore(uri);
  return desk.analyses.of(uri);
}

async function chosenOf(records: readonly RunRecord[], placeholder: string): Promise<RunRecord | undefined> {
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
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      'There is no other run to compare with: analyze a second file, or this one after an edit.',
    );
    return undefined;
  }
  return (await choose(items, { title: 'Compare Runs', placeholder }))?.record;
}

function nameOf(record: RunRecord): string {
  return `${record.name ?? shortNameOf(vscode.Uri.parse(record.uri))}, ${timeOf(record)}`;
}

function timeOf(record: RunRecord): string {
  const time = new Date(record.startedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
  return `${time}, ${extentOf(record)}`;
}
