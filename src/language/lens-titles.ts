import type { AnalysisState } from './analysis-state';
import { ago, counted } from './wording';

/** One link above the file. */
interface LensTitle {
  readonly title: string;
  readonly tooltip: string;
  readonly command:
    | 'repscope.analyze'
    | 'repscope.quickLook'
    | 'repscope.showDashboard'
    | 'repscope.showHazards'
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
  { status, stale, finishedAt }: AnalysisState,
  results: NonNullable<AnalysisState['results']>,
  now: number,
): string {
  const done = results.networks.map(
    (network) => network.replicates.filter((replicate) => replicate.status === 'done').length,
  );
  return [
    counted(Math.max(0, ...done), 'seed'),
    ...(finishedAt === null ? [] : [ago(finishedAt, now)]),
    ...(results.hazards.length === 0 ? ['no hazard found'] : []),
    ...(status === 'done' ? [] : [status]),
    ...(stale ? ['stale'] : []),
  ].join(' · ');
}
