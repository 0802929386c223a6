import * as vscode from 'vscode';
import { chosenExperiment, type Desk } from './analyze';
import { choose } from './choose';
import { setBeside } from './compare-runs';
import { inLabel } from './shown-text';

const title = 'Pair Networks';

/** Has a network of a run compared with one of another name in the runs beside it. */
export async function pairNetworks(desk: Desk, argument: unknown): Promise<void> {
  const uri = chosenExperiment(desk, argument);
  if (!uri) return;
  const analysis = desk.analyses.of(uri);
  const { comparison } = analysis.asked;
  if (!comparison || !analysis.results) {
    void vscode.window.showInformationMessage('Compare this run with another one first.');
    return;
  }
  const { others, pairs } = comparison;
  const theirs = await networksOf(desk, others);
  const against = (name: string): string =>
    pairs.find(({ here }) => here === name)?.there ?? (theirs.includes(name) ? name : '');
  const mine = analysis.results.networks.map(({ name }) => ({
    label: inLabel(name),
    description: against(name) === '' ? 'with none' : `with ${inLabel(against(name))}`,
    name,
  }));
  const one = await choose(mine, { title, placeholder: 'The network of this run' });
  if (!one) return;
  const there = await choose(
    theirs.map((name) => ({ label: inLabel(name), name })),
    { title, placeholder: `The network of the other ${others.length === 1 ? 'run' : 'runs'}` },
  );
  if (!there) return;
  const kept = pairs.filter(({ here }) => here !== one.name);
  const by = there.name === one.name ? [] : [{ here: one.name, there: there.name }];
  await setBeside(desk, analysis, others, [...kept, ...by]);
}

/** The names of all networks that some runs have. */
async function networksOf({ analyses }: Desk, runs: readonly string[]): Promise<string[]> {
  const found = await Promise.all(runs.map((run) => analyses.records.results(run)));
  return [...new Set(found.flatMap((run) => run?.results.networks.map(({ name }) => name) ?? []))];
}
