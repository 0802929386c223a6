import * as vscode from 'vscode';
import type { Beside } from '../protocol/dashboard';
import { compare } from '../verbs/compare';
import { UserError } from '../verbs/user-error';
import type { NamedRun } from '../verbs/verb';
import type { Analysis } from './analysis';
import { shortNameOf } from './experiment-file';
import { timeOf } from './run-label';
import type { RunRecord, RunRecords } from './run-records';

/** Compares what is shown of a file, where that is of the run that is meant, with other runs. @throws UserError where one of them is not kept any longer */
export async function compareBeside(records: RunRecords, analysis: Analysis, beside: Beside): Promise<void> {
  const current = analysis.resultsRecord;
  if (current?.id !== beside.run) return;
  const { others, pairs } = beside;
  const pair = pairs.map(({ here, there }) => `${here}=${there}`);
  const kept = async (run: string): Promise<NamedRun> => {
    const { results, experiment } = analysis;
    // What is shown need not be written yet.
    if (run === current.id && results) return { name: nameOf(current), results, experiment };
    const record = records.find(run);
    const read = record && (await records.results(run));
    if (!read) throw new UserError('what that run found is not kept any longer. Run it again.');
    return { name: nameOf(record), ...read };
  };
  const found = await compare.run({ run: current.id, others, pair }, { kept });
  analysis.setComparison({ ...beside, found });
}

function nameOf(record: RunRecord): string {
  return `${record.name ?? shortNameOf(vscode.Uri.parse(record.uri))}, ${timeOf(record)}`;
}
