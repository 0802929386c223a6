import type { Replicate } from '../core/replicate';
import { lanesInUse } from '../numerics/kernels/lanes';
import { changeMeasuresOf } from '../measures/change';
import { layerPairMeasures, siteMeasuresOf } from '../measures/measures';
import type { NamedView } from '../measures/measure';
import { dictionaryMeasures } from '../measures/dictionary';
import { probeMeasures } from '../measures/probe';
import type { ModelTests, PairResults, ReplicateResults } from '../protocol/results';
import { setResults, taskResults } from '../stimuli/describe-set';
import { StimuliError } from '../stimuli/stimuli-error';
import { chooseEngine } from '../training/choose-engine';
import type { Checkpoint } from '../training/engine';
import { withNewestActivations } from '../training/newest-activations';
import { activationsFile } from './activations-file';
import { analyseReplicate } from './analyse-replicate';
import { compareReplicates, isOfRdms, sitesFor } from './compare';
import { replicateDetail, stimuliDetail, unitActivations } from './detail';
import { DrawnExperiment } from './drawn-experiment';
import type { Job, JobMessage, JobResult, StoreWarning, WorkerSetting } from './jobs';
import { type AnalysisKeys, analysisKeys, comparisonKey, detailKey, modelTestsKey } from './keys';
import { testModels } from './model-tests';
import { workInBackground } from './pool/background';
import type { Post } from './pool/serve-jobs';
import { Transferred } from './pool/serve-jobs';
import { detailSoFar, previewer, previewOf } from './preview';
import { Recordings } from './recordings';
import type { MakeContext, Recording } from '../sources/source';
import { ofRdms, sourceOf, sourcesOf } from '../sources/sources';
import { Store } from './store/store';
import { StoreError } from './store/store-error';
import {
  readAnalysis,
  readDetail,
  readKept,
  writeAnalysis,
  writeDetail,
  writeKept,
} from './stored-replicate';
import { structureDetail } from './structure-detail';

/** Reports of a training are at least this far apart, in milliseconds: faster ones would only be drawn over. */
const reportEvery = 50;

type Answer = Promise<JobResult | Transferred<JobResult>>;

/** Does the jobs of one experiment, in one thread. */
export class JobRunner {
  private readonly recordings: Recordings;

  private constructor(
    /** As the worker was told. */
    private readonly setting: WorkerSetting,
    private readonly drawn: DrawnExperiment,
    private readonly context: MakeContext,
    private readonly store: Store,
    private readonly warnings: StoreWarning[],
  ) {
    this.recordings = new Recordings(setting.experiment, context, store, (write) => this.keep(write));
  }

  static async open(setting: WorkerSetting): Promise<JobRunner> {
    const { experiment, engine, store } = setting;
    const warnings: StoreWarning[] = [];
    const onUnreadable = (message: string): void =>
      void warnings.push({ kind: 'warning', about: 'unreadable', message });
    const drawn = new DrawnExperiment(experiment);
    const chosen = withNewestActivations(await chooseEngine(engine));
    const context = {
      engine: chosen,
      // Drawn when they are first needed.
      get sets() {
        return drawn.sets;
      },
    };
    return new JobRunner(
      setting,
      drawn,
      context,
      await Store.open(store.folder, { ...store.options, onUnreadable }),
      warnings,
    );
  }

  /** From now on everything else goes first. Not before the first picture, which is what the user waits for. */
  private readonly stepBack = (): void => {
    if (this.setting.stepsBack === 'much') workInBackground(19);
  };

  async run(job: Job, post: Post<JobMessage>): Answer {
    try {
      return await this.answer(job, post);
    } finally {
      for (const warning of this.warnings.splice(0)) post(warning);
    }
  }

  private async answer(job: Job, post: Post<JobMessage>): Answer {
    const { drawn, recordings } = this;
    if (job.kind !== 'compare' && job.kind !== 'tests') recordings.forgetCompared();
    switch (job.kind) {
      case 'prepare':
        return this.prepare();
      case 'replicate':
        return this.replicate(job, post);
      case 'preview':
        return { kind: 'preview', ...(await previewOf(drawn, recordings, job, job.checkpoints)) };
      case 'compare':
        return this.compare(job);
      case 'tests':
        return this.tests(job);
      case 'detail':
        return this.detail(job);
      case 'unit':
        return { kind: 'unit', activations: await unitActivations(await this.lookedAt(job), job) };
      case 'structure':
        return { kind: 'structure', detail: await structureDetail(drawn, await this.lookedAt(job), job) };
      case 'activations': {
        const bytes = await activationsFile(drawn, await recordings.end(job));
        return new Transferred<JobResult>({ kind: 'activations', bytes }, [bytes.buffer]);
      }
    }
  }

  private prepare(): JobResult {
    try {
      const { experiment, sets } = this.drawn;
      const { stimuli, tasks } = experiment;
      const { train, fit, test, coincide } = sets;
      return {
        kind: 'prepare',
        engine: this.context.engine.info,
        lanes: lanesInUse(),
        stimuli: {
          seed: stimuli.seed,
          coincide,
          inputUnits: stimuli.inputUnits,
          train: setResults(experiment, sets, train),
          fit: setResults(experiment, sets, fit),
          test: setResults(experiment, sets, test),
        },
        tasks: Object.fromEntries(tasks.map((task) => [task.name, taskResults(task, test)])),
        detail: stimuliDetail(this.drawn),
      };
    } catch (error) {
      if (error instanceof StimuliError)
        return { kind: 'undrawable', message: error.message, path: error.path };
      throw error;
    }
  }

  private async replicate(
    { preview, ...replicate }: Job & { kind: 'replicate' },
    post: Post<JobMessage>,
  ): Promise<JobResult> {
    // Of the first pictures one is enough at once.
    if (!preview || replicate.source !== sourcesOf(this.setting.experiment)[0].name) this.stepBack();
    const keys = this.analysisKeys(replicate);
    const stored = await readAnalysis(this.store, keys);
    if (stored?.whole) return { kind: 'replicate', reused: true, results: this.told(stored.whole) };
    let reported = 0;
    const { recording, reused } = await this.recordings.make(replicate, {
      progress: (progress) => {
        const now = performance.now();
        if (now - reported < reportEvery && progress.step < progress.totalSteps) return;
        reported = now;
        post({ kind: 'training', progress });
      },
      ...(preview
        ? { checkpoint: previewer(this.drawn, this.recordings, replicate, post, this.stepBack) }
        : {}),
    });
    this.stepBack();
    post({ kind: 'analysing', reused });
    const results = await analyseReplicate(this.drawn, recording, { known: stored?.known });
    await this.keep(() => writeAnalysis(this.store, keys, results));
    return { kind: 'replicate', reused, results: this.told(results) };
  }

  private told(results: ReplicateResults): ReplicateResults {
    return this.setting.units ? results : { ...results, units: {} };
  }

  private async detail({
    checkpoints,
    step,
    only,
    ...replicate
  }: Job & { kind: 'detail' }): Promise<JobResult> {
    const { drawn, recordings } = this;
    if (checkpoints)
      return { kind: 'detail', detail: await detailSoFar(drawn, recordings, replicate, checkpoints, only) };
    // Of all that one may look at, what a report shows is kept: a replicate's end as a whole.
    const key = step === null && !only ? this.detailKey(replicate) : null;
    const kept = key && (await readDetail(this.store, key, replicate));
    if (kept) return { kind: 'detail', detail: kept };
    const recording = await recordings.looked(replicate);
    const stored = await readAnalysis(this.store, this.analysisKeys(replicate));
    const final = step === null || step === recording.checkpoints.at(-1)?.step;
    const known = final ? (stored?.whole ?? stored?.known)?.units : undefined;
    const detail = await replicateDetail(drawn, recording, { step, only, known });
    if (key) await this.keep(() => writeDetail(this.store, key, detail));
    return { kind: 'detail', detail };
  }

  /** @param checkpoint of a replicate that still trains */
  private async lookedAt(job: Replicate & { readonly checkpoint?: Checkpoint }): Promise<Recording> {
    return job.checkpoint ? this.recordings.soFar(job, [job.checkpoint]) : this.recordings.looked(job);
  }

  private async compare({ request, replicates, epoch, keep }: Job & { kind: 'compare' }): Promise<JobResult> {
    const { experiment } = this.setting;
    const sitesOf = (replicate: Replicate): string[] =>
      sitesFor(sourceOf(experiment, replicate).sites, request.layer).map(({ name }) => name);
    const compared = replicates.filter(
      (replicate) =>
        sitesOf(replicate).length > 0 &&
        (isOfRdms(experiment, request) || !ofRdms(experiment, replicate.source)),
    );
    const key = comparisonKey(experiment, request, compared, (replicate) => this.recordings.key(replicate));
    const known = epoch === undefined ? await readKept<PairResults>(this.store, key) : null;
    if (known) return { kind: 'compare', compared: known };
    const found = await compareReplicates(
      this.drawn,
      request,
      compared,
      async (replicate) => {
        const views: NamedView[] = [];
        for (const name of sitesOf(replicate))
          views.push({ name, view: await this.recordings.compared(this.drawn, replicate, name, epoch) });
        return views;
      },
      { room: this.setting.comparisonRoom, looked: epoch !== undefined },
    );
    if (keep) await this.keep(() => writeKept(this.store, key, found));
    return { kind: 'compare', compared: found };
  }

  private async tests({ request, replicates }: Job & { kind: 'tests' }): Promise<JobResult> {
    const { inference } = this.setting.experiment.analyses;
    if (!inference) throw new RangeError('This experiment tests no model RDMs.');
    const { experiment } = this.setting;
    const key = modelTestsKey(experiment, inference, request, replicates, (one) => this.recordings.key(one));
    const known = await readKept<ModelTests>(this.store, key);
    if (known) return { kind: 'tests', tests: known };
    const tests = await testModels(this.drawn, inference, request, replicates, (replicate, site) =>
      this.recordings.compared(this.drawn, replicate, site, undefined),
    );
    await this.keep(() => writeKept(this.store, key, tests));
    return { kind: 'tests', tests };
  }

  /** What cannot be kept is made again when it is needed: worth a warning, not the work. @returns whether it is kept */
  private async keep(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const message = `${error.message} The work goes on; what is not kept is trained again where it is needed.`;
      this.warnings.push({ kind: 'warning', about: 'unkept', message });
      return false;
    }
  }

  private detailKey(replicate: Replicate): string {
    return detailKey(this.setting.experiment, this.recordings.key(replicate));
  }

  private analysisKeys(replicate: Replicate): AnalysisKeys {
    const { experiment } = this.setting;
    const { analyses } = experiment;
    const own = experiment.networks.filter(({ name }) => name === replicate.source);
    const measures = [
      ...siteMeasuresOf(analyses),
      ...layerPairMeasures(analyses),
      ...probeMeasures(analyses),
      ...dictionaryMeasures(analyses),
      ...changeMeasuresOf(own, analyses.rdm),
    ];
    return analysisKeys(experiment, this.recordings.key(replicate), measures);
  }
}
