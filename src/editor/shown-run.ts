import { keptReplicate, type Replicate } from '../core/replicate';
import type { Experiment } from '../experiment/experiment';
import { networkOf } from '../experiment/replicates';
import type { ReplicateOffer } from '../protocol/dashboard';
import type { Results } from '../protocol/results';
import { sourcesOf } from '../sources/sources';
import type { OpenRun } from '../verbs/open-run';
import type { PictureRoom } from '../verbs/pictures/answer';
import type { GoingRun } from './going-run';
import type { ViewSession } from './view-session';

/** What is shown of a file, and who answers what views ask of it. */
export class ShownRun {
  /**
   * @param results with previews, where a run goes on. @param views of the experiment that is shown
   * @param going the run of this session of the editor
   */
  constructor(
    private readonly results: Results | null,
    private readonly views: ViewSession | undefined,
    private readonly going: GoingRun | undefined,
  ) {}

  get experiment(): Experiment | undefined {
    return this.views?.experiment ?? this.going?.live.experiment;
  }

  /** The replicates that are finished, with their checkpoints; those with a preview, with the newest one. */
  get offers(): ReplicateOffer[] {
    return (this.results?.networks ?? []).flatMap(({ name, replicates }) =>
      replicates
        .filter(({ status }) => status === 'done')
        .map((info): ReplicateOffer => {
          const known = info.checkpoints.map(({ step, epoch }) => ({ step, epoch }));
          const replicate = keptReplicate(name, info);
          if (!this.going?.previews.find(replicate)) return { ...replicate, checkpoints: known };
          const { training } = networkOf(this.going.live.experiment, replicate);
          const until = training.totalSteps / training.stepsPerEpoch;
          return { ...replicate, checkpoints: known.slice(-1), until };
        }),
    );
  }

  /** Where what pictures are drawn from is asked for. @param open this, for verbs */
  room(open: () => OpenRun): PictureRoom {
    return { open, stimuli: this.views?.stimuli, training: (replicate) => this.#training(replicate) };
  }

  /** It, for verbs to ask. */
  open(results: Results, title: string, analysedAt: number | undefined): OpenRun {
    const networks = results.networks.map(({ replicates, ...network }) => ({
      ...network,
      // A preview stands among what is shown as if it were finished.
      replicates: replicates.map((one) =>
        this.going?.previews.find(keptReplicate(network.name, one))
          ? { ...one, status: 'cancelled' as const }
          : one,
      ),
    }));
    const ask: OpenRun['ask'] = (question) =>
      this.views?.ask(question) ?? Promise.reject(new Error('Nothing has been analysed yet.'));
    return { results: { ...results, networks }, units: null, title, analysedAt, ask };
  }

  #training(replicate: Replicate) {
    const { source } = replicate;
    const { experiment } = this;
    if (!experiment || !sourcesOf(experiment).some(({ name }) => name === source))
      throw new Error(`There is no network “${source}” any longer.`);
    const previews = this.going?.previews;
    const preview = previews?.find(replicate);
    return previews && preview
      ? { preview, checkpoints: previews.checkpoints(replicate, preview) }
      : undefined;
  }
}
