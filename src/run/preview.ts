import type { Replicate } from '../core/replicate';
import type { DetailPart, ReplicateDetail } from '../protocol/detail';
import { lastHidden } from '../protocol/measure-names';
import type { Checkpoint } from '../training/engine';
import { analyseReplicate } from './analyse-replicate';
import { sitesFor } from './compare';
import { replicateDetail } from './detail';
import type { DrawnExperiment } from './drawn-experiment';
import type { JobMessage, Preview } from './jobs';
import type { Post } from './pool/serve-jobs';
import type { Recordings } from './recordings';

/** A first preview comes after so much training (milliseconds): first its curves are to be seen. */
const previewAfter = 50;

/**
 * Says checkpoints, and makes the first preview here, where all that it needs is at hand, once curves can be seen.
 *
 * @param shown is called after it
 */
export function previewer(
  drawn: DrawnExperiment,
  recordings: Recordings,
  replicate: Replicate,
  post: Post<JobMessage>,
  shown: () => void,
): (checkpoint: Checkpoint) => Promise<void> {
  const checkpoints: Checkpoint[] = [];
  let started = 0;
  let isShown = false;
  return async (checkpoint) => {
    // The first has the initial weights: training begins with it.
    if (checkpoints.length === 0) started = performance.now();
    checkpoints.push(checkpoint);
    post({ kind: 'checkpoint', checkpoint });
    // A course of training has at least two points.
    if (isShown || checkpoints.length < 2 || performance.now() - started < previewAfter) return;
    isShown = true;
    // Of those before the newest, the initial weights alone: the first picture is what the user waits for. Where none can be
    // made, training goes on all the same, and its end says why.
    const few = [checkpoints[0], checkpoint];
    const preview = await previewOf(drawn, recordings, replicate, few).catch(() => null);
    if (preview) post({ kind: 'preview', ...preview });
    shown();
  };
}

/** What can be said at a glance of a replicate that is still made, from the checkpoints that it has reached. */
export async function previewOf(
  drawn: DrawnExperiment,
  recordings: Recordings,
  replicate: Replicate,
  checkpoints: readonly Checkpoint[],
): Promise<Preview> {
  const recording = recordings.soFar(replicate, few(checkpoints));
  const site = sitesFor(recording.sites, lastHidden)[0];
  if (!site) throw new Error(`${replicate.source} has no layer to be shown.`);
  return {
    results: await analyseReplicate(drawn, recording, { glance: true }),
    detail: await detailSoFar(drawn, recordings, replicate, checkpoints, { layer: site.name }),
    activations: await recording.activations(site.name, 'test', recording.checkpoints.length - 1),
    checkpoint: checkpoints[checkpoints.length - 1],
  };
}

/** P-values wait for the end of the training: they would take most of the time of a first picture. */
export function detailSoFar(
  drawn: DrawnExperiment,
  recordings: Recordings,
  replicate: Replicate,
  checkpoints: readonly Checkpoint[],
  only: DetailPart | undefined,
): Promise<ReplicateDetail> {
  return replicateDetail(drawn.unpermuted, recordings.soFar(replicate, few(checkpoints)), {
    step: null,
    only,
  });
}

/** The first, the newest and one in between: each costs time that a first picture has not. */
function few(checkpoints: readonly Checkpoint[]): Checkpoint[] {
  const last = checkpoints.length - 1;
  return [...new Set([0, last >> 1, last])].map((at) => checkpoints[at]);
}
