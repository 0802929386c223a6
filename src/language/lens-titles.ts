import { seedsDone } from '../analysis/findings';
import { allRecorded } from '../protocol/recorded';
import type { AnalysisState } from './analysis-state';
import { ago, clock, counted } from './wording';

/** One link above the file. */
interface LensTitle {
  readonly title: string;
  readonly tooltip: string;
  readonly command:
    | 'repscope.analyze'
    | 'repscope.quickLook'
    | 'repscope.showDashboard'
    | 'repscope.showHazards'
    | 'repscope.showNewest'
    | 'repscope.compare'
    | 'repscope.cancel';
}

/** What stands above an experiment file. */
export function lensTitles(state: AnalysisState | undefined, now: number): LensTitle[] {
  const show = (title: string): LensTitle => ({
    title,
    tooltip: 'Show the dashboard',
    command: 'repscope.showDashboard',
  });
  if (state?.status === 'running') {
    const { finished, planned } = state;
    const title = planned > 0 ? `Training: ${finished} of ${counted(planned, 'replicate')}` : 'Starting …';
    const cancel = {
      title: 'Cancel',
      tooltip: 'Stop; finished replicates are kept',
      command: 'repscope.cancel',
    } as const;
    return [show(title), cancel];
  }
  const lenses: LensTitle[] = [
    {
      title: 'Analyze',
      tooltip: 'Train the networks of this file and show what they represent',
      command: 'repscope.analyze',
    },
    { title: 'Quick look', tooltip: 'Analyze one seed only', command: 'repscope.quickLook' },
  ];
  if (state?.results) lenses.push(show(lastResult(state, state.results, now)));
  else if (state) lenses.push(show(state.status === 'failed' ? 'Last run failed' : 'Last run cancelled'));
  if (state?.foundBy === 'older')
    lenses.push({
      title: 'Show newest run',
      tooltip: 'What is shown is of an older run, which was opened from the history',
      command: 'repscope.showNewest',
    });
  const { length: hazards } = state?.results?.hazards ?? [];
  if (hazards > 0)
    lenses.push({
      title: `⚠ ${counted(hazards, 'hazard')}`,
      tooltip: 'Show what to be careful about',
      command: 'repscope.showHazards',
    });
  if (state?.results)
    lenses.push({ title: 'Compare', tooltip: 'Compare two runs', command: 'repscope.compare' });
  return lenses;
}

function lastResult(
  state: AnalysisState,
  results: NonNullable<AnalysisState['results']>,
  now: number,
): string {
  const { status, foundBy, finishedAt } = state;
  const when = finishedAt === null ? [] : [ago(finishedAt, now)];
  const which = {
    newest: when,
    before: [...when, 'run before'],
    older: [finishedAt === null ? 'older run' : `run of ${clock(finishedAt, now)}`, 'not the newest'],
  };
  const done = results.networks.map(seedsDone);
  return [
    counted(Math.max(0, ...done), allRecorded(results) ? 'replicate' : 'seed'),
    ...which[foundBy],
    ...(results.hazards.length === 0 ? ['no hazard found'] : []),
    ...(status === 'done' ? [] : [foundBy === 'before' ? `newest ${status}` : status]),
    ...(state.stale ? ['stale'] : []),
  ].join(' · ');
}
