import type { Replicate } from '../core/replicate';
import type { Network } from '../experiment/experiment';
import { networkOf } from '../experiment/replicates';
import type { DetailPart, ReplicateDetail } from '../protocol/detail';
import { layerPairMeasures, siteMeasures } from '../measures/measures';
import { lastHidden } from '../protocol/measure-names';
import type { ReplicateResults } from '../protocol/results';
import type { Checkpoint, Parameters, Trained, TrainingObserver } from '../training/engine';
import type { Matrix } from '../core/matrix';
import { type EngineChoice, chooseEngine } from '../training/choose-engine';
import type { Engine } from '../training/engine';
import { outputUnits } from '../training/layout';
import { setResults, taskResults } from '../stimuli/describe-set';
import { StimuliError } from '../stimuli/stimuli-error';
import { activationsFile } from './activations-file';
import { compareReplicates, layerAt } from './compare';
import { replicateDetail, stimuliDetail, testActivations, unitActivations } from './detail';
import type { Job, JobMessage, JobResult, Preview, StoreWarning, WorkerSetting } from './jobs';
import { type AnalysisKeys, analysisKeys, comparisonKey, trainingKey } from './keys';
import { Laboratory } from './laboratory';
import { workInBackground } from './pool/background';
import type { Post } from './pool/serve-jobs';
import { Transferred } from './pool/serve-jobs';
import { analyseReplicate, layerNames, record, trainReplicate } from './replicate';
import { Store } from './store/store';
import { StoreError } from './store/store-error';
import {
  readAnalysis,
  readComparison,
  readTraining,
  writeAnalysis,
  writeComparison,
  writeTraining,
} from './stored-replicate';

/** Reports of a training are at least this far apart, in milliseconds: faster ones would only be drawn over. */
const reportEvery = 50;

/** A first preview comes after so much training (milliseconds): first its curves are to be seen. */
const previewAfter = 50;

/** Bytes of parameters that are kept in memory, and of activations while replicates are compared. */
const mostAtHand = 32e6;
const mostRecorded = 64e6;

/** One worker's place: its engine, the experiment's shared parts, and the store. */
export class Workbench {
  private readonly atHand = new Map<string, Parameters>();
  private bytesAtHand = 0;

  /** Test activations of the replicates that are compared, of all layers, as far as there is room: every comparison asks for all. */
  private readonly recorded = new Map<string, Matrix<Float32Array>[]>();
  private bytesRecorded = 0;

  private lookedAt: { key: string; trained: Trained } | undefined;

  private constructor(
    /** As the worker was told. */
    private readonly setting: WorkerSetting,
    private readonly laboratory: Laboratory,
    private readonly engine: Engine,
    private readonly store: Store,
    private readonly warnings: StoreWarning[],
  ) {}

  static async open(setting: WorkerSetting): Promise<Workbench> {
    const { experiment, engine, store } = setting;
    const warnings: StoreWarning[] = [];
    const onUnreadable = (message: string): void =>
      void warnings.push({ kind: 'warning', about: 'unreadable', message });
    return new Workbench(
      setting,
      new Laboratory(experiment),
      await chooseEngine(engine satisfies EngineChoice),
      await Store.open(store.folder, { ...store.options, onUnreadable }),
      warnings,
    );
  }

  /** From now on everything else goes first. Not before the first picture, which is what the user waits for. */
  private stepBack(): void {
    if (this.setting.stepsBack === 'much') workInBackground(19);
  }

  async do(job: Job, post: Post<JobMessage>): Promise<JobResult | Transferred<JobResult>> {
    try {
      return await this.answer(job, post);
    } finally {
      for (const warning of this.warnings.splice(0)) post(warning);
    }
  }

  private async answer(job: Job, post: Post<JobMessage>): Promise<JobResult | Transferred<JobResult>> {
    if (job.kind !== 'compare') {
      this.recorded.clear();
      this.bytesRecorded = 0;
    }
    switch (job.kind) {
      case 'prepare':
        return this.prepare();
      case 'replicate':
        return this.replicate(job, post);
      case 'preview':
        return { kind: 'preview', ...(await this.preview(this.network(job), job.seed, job.checkpoints)) };
      case 'compare':
        return this.compare(job);
      case 'detail': {
        const network = this.network(job);
        if (job.checkpoints)
          return {
            kind: 'detail',
            detail: await this.detailInTraining(network, job.seed, job.checkpoints, job.only),
          };
        const trained = await this.looked(network, job.seed);
        const stored = await readAnalysis(this.store, this.analysisKeys(network, job.seed));
        const final = job.step === null || job.step === trained.checkpoints.at(-1)?.step;
        const detail = await replicateDetail(
          this.laboratory,
          this.engine,
          { network, seed: job.seed, trained },
          {
            step: job.step,
            only: job.only,
            known: final ? (stored?.whole ?? stored?.known)?.units : undefined,
          },
        );
        return { kind: 'detail', detail };
      }
      case 'unit': {
        const network = this.network(job);
        const trained = job.checkpoint ? unfinished([job.checkpoint]) : await this.looked(network, job.seed);
        return {
          kind: 'unit',
          activations: await unitActivations(this.laboratory, this.engine, network, trained, job),
        };
      }
      case 'activations': {
        const network = this.network(job);
        const parameters = await this.finalParameters(network, job.seed);
        const recording = await record(this.laboratory, this.engine, network, parameters);
        const bytes = activationsFile(this.laboratory, network, job.seed, recording);
        return new Transferred<JobResult>({ kind: 'activations', bytes }, [bytes.buffer]);
      }
    }
  }

  private prepare(): JobResult {
    try {
      const { experiment, sets } = this.laboratory;
      const { stimuli, tasks } = experiment;
      const { train, fit, test, coincide } = sets;
      return {
        kind: 'prepare',
        engine: this.engine.info,
        stimuli: {
          seed: stimuli.seed,
          coincide,
          inputUnits: stimuli.inputUnits,
          train: setResults(experiment, sets, train),
          fit: setResults(experiment, sets, fit),
          test: setResults(experiment, sets, test),
        },
        tasks: Object.fromEntries(tasks.map((task) => [task.name, taskResults(task, test)])),
        detail: stimuliDetail(this.laboratory),
      };
    } catch (error) {
      if (error instanceof StimuliError)
        return { kind: 'undrawable', message: error.message, path: error.path };
      throw error;
    }
  }

  private async replicate(
    { preview, ...name }: Job & { kind: 'replicate' },
    post: Post<JobMessage>,
  ): Promise<JobResult> {
    // Of the first pictures one is enough at once.
    if (!preview || name.source !== this.laboratory.experiment.networks[0].name) this.stepBack();
    const network = this.network(name);
    const keys = this.analysisKeys(network, name.seed);
    const stored = await readAnalysis(this.store, keys);
    if (stored?.whole) return { kind: 'replicate', reused: true, results: this.told(stored.whole) };
    let reported = 0;
    const { trained, reused } = await this.trained(network, name.seed, {
      progress: (progress) => {
        const now = performance.now();
        if (now - reported < reportEvery && progress.step < progress.totalSteps) return;
        reported = now;
        post({ kind: 'training', progress });
      },
      ...(preview ? { checkpoint: this.previewer(network, name.seed, post) } : {}),
    });
    this.stepBack();
    post({ kind: 'analysing', reused });
    const known = stored?.known;
    const results = await analyseReplicate(this.laboratory, this.engine, network, name.seed, trained, {
      known,
    });
    await this.keep(() => writeAnalysis(this.store, keys, results));
    return { kind: 'replicate', reused, results: this.told(results) };
  }

  private told(results: ReplicateResults): ReplicateResults {
    return this.setting.units ? results : { ...results, units: {} };
  }

  /** Says checkpoints, and makes the first preview here, where all that it needs is at hand, once curves can be seen. */
  private previewer(
    network: Network,
    seed: number,
    post: Post<JobMessage>,
  ): (checkpoint: Checkpoint) => Promise<void> {
    const checkpoints: Checkpoint[] = [];
    let started = 0;
    let shown = false;
    return async (checkpoint) => {
      // The first has the initial weights: training begins with it.
      if (checkpoints.length === 0) started = performance.now();
      checkpoints.push(checkpoint);
      post({ kind: 'checkpoint', checkpoint });
      // A course of training has at least two points.
      if (shown || checkpoints.length < 2 || performance.now() - started < previewAfter) return;
      shown = true;
      // Of those before the newest, the initial weights alone: the first picture is what the user waits for. Where none can be
      // made, training goes on all the same, and its end says why.
      const preview = await this.preview(network, seed, [checkpoints[0], checkpoint]).catch(() => null);
      if (preview) post({ kind: 'preview', ...preview });
      this.stepBack();
    };
  }

  private async preview(
    network: Network,
    seed: number,
    checkpoints: readonly Checkpoint[],
  ): Promise<Preview> {
    const { laboratory, engine } = this;
    const trained = unfinished(few(checkpoints));
    const at = layerAt(network.hidden.length, lastHidden);
    const layer = layerNames(network)[at];
    const results = await analyseReplicate(laboratory, engine, network, seed, trained, { glance: true });
    return {
      results,
      detail: await this.detailInTraining(network, seed, trained.checkpoints, { layer }),
      activations: (
        await testActivations(laboratory, engine, network, trained, trained.checkpoints.length - 1)
      )[at],
      checkpoint: checkpoints[checkpoints.length - 1],
    };
  }

  /** P-values wait for the end of the training: they would take most of the time of a first picture. */
  private detailInTraining(
    network: Network,
    seed: number,
    checkpoints: readonly Checkpoint[],
    only: DetailPart | undefined,
  ): Promise<ReplicateDetail> {
    const trained = unfinished(few(checkpoints));
    return replicateDetail(
      this.laboratory.unpermuted,
      this.engine,
      { network, seed, trained },
      { step: null, only },
    );
  }

  private async compare({ request, replicates, epoch, keep }: Job & { kind: 'compare' }): Promise<JobResult> {
    const compared = replicates.flatMap((name) => {
      const network = this.network(name);
      const at = layerAt(network.hidden.length, request.layer);
      return at < 0 ? [] : [{ network, seed: name.seed, at }];
    });
    const key = comparisonKey(
      this.laboratory.experiment,
      request,
      compared.map(({ network, seed }) => ({
        network: network.name,
        seed,
        training: this.trainingKey(network, seed),
      })),
    );
    const known = epoch === undefined ? await readComparison(this.store, key) : null;
    if (known) return { kind: 'compare', compared: known };
    const found = await compareReplicates(
      this.laboratory,
      request,
      compared.map(({ network, seed }) => ({ network: network.name, seed })),
      async (replicate) => {
        const { network, seed, at } = compared[replicate];
        return (await this.testActivations(network, seed, epoch))[at];
      },
      this.setting.comparisonRoom,
    );
    if (keep) await this.keep(() => writeComparison(this.store, key, found));
    return { kind: 'compare', compared: found };
  }

  /**
   * The test activations of a replicate, at its end or at an epoch. The first that fit the room stay: all are asked for in turn,
   * again and again.
   */
  private async testActivations(
    network: Network,
    seed: number,
    epoch: number | undefined,
  ): Promise<Matrix<Float32Array>[]> {
    const key = `${this.trainingKey(network, seed)} ${epoch ?? 'final'}`;
    const known = this.recorded.get(key);
    if (known) return known;
    const outputs = outputUnits(this.laboratory.tasksOf(network));
    const { inputs } = this.laboratory.sets.test;
    const parameters =
      epoch === undefined
        ? await this.finalParameters(network, seed)
        : parametersAt((await this.trained(network, seed)).trained, epoch);
    const layers = await this.engine.activations(network, outputs, parameters, inputs);
    const bytes = layers.reduce((sum, { data }) => sum + data.byteLength, 0);
    if (this.bytesRecorded + bytes <= mostRecorded) {
      this.recorded.set(key, layers);
      this.bytesRecorded += bytes;
    }
    return layers;
  }

  /** The final parameters of a replicate. Those that were asked for last are at hand: every comparison asks for all. */
  private async finalParameters(network: Network, seed: number): Promise<Parameters> {
    const key = this.trainingKey(network, seed);
    const known = this.atHand.get(key);
    if (known) return known;
    const parameters = final((await this.trained(network, seed)).trained);
    this.hold(key, parameters);
    return parameters;
  }

  private hold(key: string, parameters: Parameters): void {
    if (this.atHand.has(key)) return;
    if (this.bytesAtHand + parameters.byteLength > mostAtHand) {
      this.atHand.clear();
      this.bytesAtHand = 0;
    }
    this.atHand.set(key, parameters);
    this.bytesAtHand += parameters.byteLength;
  }

  /** The training of a replicate, from the store where it is there. */
  private async trained(
    network: Network,
    seed: number,
    observer: TrainingObserver = {},
  ): Promise<{ trained: Trained; reused: boolean }> {
    const key = this.trainingKey(network, seed);
    const known = await readTraining(this.store, key);
    if (known) return { trained: known, reused: true };
    const trained = await trainReplicate(this.laboratory, this.engine, network, seed, observer);
    if (!(await this.keep(() => writeTraining(this.store, key, trained)))) this.hold(key, final(trained));
    return { trained, reused: false };
  }

  /** As `trained`; the one last looked at is kept, since one looks at many of its checkpoints. */
  private async looked(network: Network, seed: number): Promise<Trained> {
    const key = this.trainingKey(network, seed);
    if (this.lookedAt?.key !== key)
      this.lookedAt = { key, trained: (await this.trained(network, seed)).trained };
    return this.lookedAt.trained;
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

  private network(replicate: Replicate): Network {
    return networkOf(this.laboratory.experiment, replicate);
  }

  private trainingKey(network: Network, seed: number): string {
    return trainingKey(this.laboratory.experiment, network, seed, this.engine.info);
  }

  private analysisKeys(network: Network, seed: number): AnalysisKeys {
    const { experiment } = this.laboratory;
    const measures = [...siteMeasures, ...layerPairMeasures(experiment.analyses.rdm)];
    return analysisKeys(experiment, this.trainingKey(network, seed), measures);
  }
}

/** The first, the newest and one in between: each costs time that a first picture has not. */
function few(checkpoints: readonly Checkpoint[]): Checkpoint[] {
  const last = checkpoints.length - 1;
  return [...new Set([0, last >> 1, last])].map((at) => checkpoints[at]);
}

/** A training as far as it has come. */
function unfinished(checkpoints: readonly Checkpoint[]): Trained {
  return { steps: checkpoints.at(-1)?.step ?? 0, phaseEnds: [], checkpoints, curve: [] };
}

function final(trained: Trained): Parameters {
  const last = trained.checkpoints.at(-1);
  if (!last) throw new Error('A training has at least its initial weights.');
  return last.parameters;
}

/** At the newest checkpoint up to an epoch. */
function parametersAt({ checkpoints }: Trained, epoch: number): Parameters {
  return (checkpoints.findLast((one) => one.epoch <= epoch) ?? checkpoints[0]).parameters;
}
