import type { Answer } from './answer';

export const similarities: Answer<'similarities'> = async ({ layer, epoch }, { measure }, { open }) => {
  const { results, ask } = open();
  const finished = results.networks.flatMap(({ replicates }, network) =>
    replicates.filter(({ status }) => status === 'done').map(({ seed }) => ({ network, seed })),
  );
  // Seed by seed, as in the comparisons of a run.
  finished.sort((a, b) => a.seed - b.seed || a.network - b.network);
  return ask((session) => session.similarities(finished, { request: { layer, measure }, epoch }));
};
