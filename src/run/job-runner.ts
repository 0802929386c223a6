import type { Replicate } from '../core/replicate';
import { Recent } from '../core/recent';
import type { Experiment } from '../experiment/experiment';
import { experimentAt } from '../experiment/replicates';
import { lanesInUse } from '../numerics/kernels/lanes';
import { changeMeasuresOf } from '../measures/change';
import { layerPairMeasures, siteMeasuresOf } from '../measures/measures';
import type { NamedView } from '../measures/measure';
import { answersMeasures } from '../measures/answers';
import { dictionaryMeasures } from '../measures/dictionary';
import { probeMeasures } from '../measures/probe';
import type { RecoveryDetail } from '../protocol/recovery';
import type { ModelTests, PairResults, ReplicateResults } from '../protocol/results';
import { askedResults, setResults, taskResults } from '../stimuli/describe-set';
import { StimuliError } from '../stimuli/stimuli-error';
import { chooseEngine } from '../training/choose-engine';
import type { Checkpoint } from '../training/engine';
import type { FullEngine } from '../training/graph/sequences';
import { withNewestActivations } from '../training/newest-activations';
import { activationsPart } from './activations-file';
import { analyseReplicate } from './analyse-replicate';
import { compareReplicates, isOfRdms, sitesFor } from './compare';
import { replicateDetail, stimuliDetail, unitActivations } from './detail';
import { DrawnExperiment } from './drawn-experiment';
import type {
  Job,
  JobMessage,
  JobResult,
  Prepared,
  PreparedPoint,
  StoreWarning,
  WorkerSetting,
} from './jobs';
import {
  activationsKey,
  type AnalysisKeys,
  analysisKeys,
  comparisonKey,
  detailKey,
  modelTestsKey,
  recoveryKey,
} from './keys';
import { labelInfos } from './label-info';
import { testModels } from './model-tests';
import { rdmResults } from './rdm-results';
import { workInBackground } from './pool/background';
import type { Post } from './pool/serve-jobs';
import { Transferred } from './pool/serve-jobs';
import { detailSoFar, previewer, previewOf } from './preview';
import { Recordings } from './recordings';
import type { Recording } from '../sources/source';
import { contextShares } from '../sources/seen-documents';
import { ofRdms, sourceOf, sourcesOf } from '../sources/sources';
import { isTransformer } from '../sources/transformer-network';
import type { Corpus } from '../stimuli/documents/corpus';
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
import { attentionDetail, documentsDetail } from './documents-detail';
import { recoveryDetail } from './recovery-detail';
import { structureDetail } from './structure-detail';

/** Reports of a training are at least this far apart, in milliseconds: faster ones would only be drawn over. */
const reportEvery = 50;

type Answer = Promise<JobResult | Transferred<JobResult>>;

/** Points of a sweep whose recordings are held at once, and stimuli that are. */
const mostPoints = 4;

/** Does the jobs of one experiment, in one thread. */
export class JobRunner {
  readonly #points = new Recent<AtPoint>(mostPoints);
  /** By all that labels and stimuli are made from: points that vary something else have the same. */
  readonly #drawn = new Recent<DrawnExperiment>(mostPoints);

  private constructor(
    /** As the worker was told. */
    private readonly setting: WorkerSetting,
    private readonly engine: FullEngine,
    private readonly store: Store,
    private readonly warnings: StoreWarning[],
  ) {}

  static async open(setting: WorkerSetting): Promise<JobRunner> {
    const { engine, store } = setting;
    const warnings: StoreWarning[] = [];
    const onUnreadable = (message: string): void =>
      void warnings.push({ kind: 'warning', about: 'unreadable', message });
    return new JobRunner(
      setting,
      withNewestActivations(await chooseEngine(engine)),
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
    const at = this.at(job.point);
    const { drawn, recordings } = at;
    if (job.kind !== 'compare' && job.kind !== 'tests') recordings.forgetCompared();
    switch (job.kind) {
      case 'prepare':
        return drawing(() => this.prepare(at));
      case 'point':
        return drawing(() => ({ kind: 'point', described: describedPoint(at) }));
      case 'replicate':
        return this.replicate(job, at, post);
      case 'preview':
        return { kind: 'preview', ...(await previewOf(drawn, recordings, job, job.checkpoints)) };
      case 'compare':
        return this.compare(job, at);
      case 'tests':
        return this.tests(job, at);
      case 'detail':
        return this.detail(job, at);
      case 'unit':
        return { kind: 'unit', activations: await unitActivations(await lookedAt(recordings, job), job) };
      case 'structure':
        return {
          kind: 'structure',
          detail: await structureDetail(drawn, await lookedAt(recordings, job), job),
        };
      case 'recovery':
        return { kind: 'recovery', detail: await this.recovery(job, at) };
      case 'documents':
        return { kind: 'documents', detail: await documentsDetail(await recordings.looked(job), job) };
      case 'attention':
        return { kind: 'attention', detail: await attentionDetail(await recordings.looked(job), job) };
      case 'activations': {
        const key = activationsKey(at.experiment, recordings.key(job));
        const part = await activationsPart(drawn, await recordings.end(job), key, job.from);
        return new Transferred<JobResult>({ kind: 'activations', ...part }, [part.bytes.buffer]);
      }
    }
  }

  /** What the jobs of a point share. */
  private at(point: number): AtPoint {
    return this.#points.get(String(point), () => {
      const experiment = experimentAt(this.setting.experiment, point);
      const { stimuli, tasks, analyses } = experiment;
      const drawn = this.#drawn.get(
        JSON.stringify([stimuli, tasks, analyses]),
        () => new DrawnExperiment(experiment),
      );
      const context = {
        engine: this.engine,
        // Drawn when they are first needed.
        get sets() {
          return drawn.sets;
        },
      };
      const keep = (write: () => Promise<void>): Promise<boolean> => this.keep(write);
      return { experiment, drawn, recordings: new Recordings(experiment, context, this.store, keep) };
    });
  }

  private prepare(at: AtPoint): JobResult {
    const { info } = this.engine;
    const detail = stimuliDetail(at.drawn);
    return { kind: 'prepare', engine: info, lanes: lanesInUse(), ...describedStimuli(at), detail };
  }

  private async replicate(
    { preview, ...replicate }: Job & { kind: 'replicate' },
    { experiment, drawn, recordings }: AtPoint,
    post: Post<JobMessage>,
  ): Promise<JobResult> {
    // Of the first pictures one is enough at once.
    if (!preview || replicate.source !== sourcesOf(experiment)[0].name) this.stepBack();
    const keys = analysisKeysOf(experiment, recordings, replicate);
    const stored = await readAnalysis(this.store, keys);
    if (stored?.whole) return { kind: 'replicate', reused: true, results: this.told(stored.whole) };
    let reported = 0;
    const { recording, reused } = await recordings.make(replicate, {
      progress: (progress) => {
        const now = performance.now();
        if (now - reported < reportEvery && progress.step < progress.totalSteps) return;
        reported = now;
        post({ kind: 'training', progress });
      },
      ...(preview ? { checkpoint: previewer(drawn, recordings, replicate, post, this.stepBack) } : {}),
    });
    this.stepBack();
    post({ kind: 'analysing', reused });
    const results = await analyseReplicate(drawn, recording, { known: stored?.known });
    await this.keep(() => writeAnalysis(this.store, keys, results));
    return { kind: 'replicate', reused, results: this.told(results) };
  }

  private told(results: ReplicateResults): ReplicateResults {
    return this.setting.units ? results : { ...results, units: {} };
  }

  private async detail(
    { checkpoints, step, only, ...replicate }: Job & { kind: 'detail' },
    { experiment, drawn, recordings }: AtPoint,
  ): Promise<JobResult> {
    if (checkpoints)
      return { kind: 'detail', detail: await detailSoFar(drawn, recordings, replicate, checkpoints, only) };
    // Of all that one may look at, what a report shows is kept: a replicate's end as a whole.
    const key = step === null && !only ? detailKey(experiment, recordings.key(replicate)) : null;
    const kept = key && (await readDetail(this.store, key, replicate));
    if (kept) return { kind: 'detail', detail: kept };
    const recording = await recordings.looked(replicate);
    const stored = await readAnalysis(this.store, analysisKeysOf(experiment, recordings, replicate));
    const final = step === null || step === recording.checkpoints.at(-1)?.step;
    const known = final ? (stored?.whole ?? stored?.known)?.units : undefined;
    const detail = await replicateDetail(drawn, recording, { step, only, known });
    if (key) await this.keep(() => writeDetail(this.store, key, detail));
    return { kind: 'detail', detail };
  }

  /** That of an end is kept: every report shows it. */
  private async recovery(
    job: Job & { kind: 'recovery' },
    { experiment, drawn, recordings }: AtPoint,
  ): Promise<RecoveryDetail> {
    const key =
      job.step === null
        ? recoveryKey(experiment, job.layer, [job, job.other], (one) => recordings.key(one))
        : null;
    const known = key && (await readKept<RecoveryDetail>(this.store, key));
    if (known) return known;
    const both = [await recordings.looked(job), await recordings.looked(job.other)] as const;
    const detail = await recoveryDetail(drawn, both, job);
    if (key) await this.keep(() => writeKept(this.store, key, detail));
    return detail;
  }

  private async compare(
    { request, replicates, epoch, keep }: Job & { kind: 'compare' },
    { experiment, drawn, recordings }: AtPoint,
  ): Promise<JobResult> {
    const sitesOf = ({ source }: Replicate): string[] =>
      sitesFor(sourceOf(experiment, { source }).sites, request.layer).map(({ name }) => name);
    const compared = replicates.filter(
      (replicate) =>
        sitesOf(replicate).length > 0 &&
        (isOfRdms(experiment, request) || !ofRdms(experiment, replicate.source)),
    );
    const key = comparisonKey(experiment, request, compared, (replicate) => recordings.key(replicate));
    const known = epoch === undefined ? await readKept<PairResults>(this.store, key) : null;
    if (known) return { kind: 'compare', compared: known };
    const found = await compareReplicates(
      drawn,
      request,
      compared,
      async (replicate) => {
        const views: NamedView[] = [];
        for (const name of sitesOf(replicate))
          views.push({ name, view: await recordings.compared(drawn, replicate, name, epoch) });
        return views;
      },
      { room: this.setting.comparisonRoom, looked: epoch !== undefined },
    );
    if (keep) await this.keep(() => writeKept(this.store, key, found));
    return { kind: 'compare', compared: found };
  }

  private async tests(
    { request, replicates }: Job & { kind: 'tests' },
    { experiment, drawn, recordings }: AtPoint,
  ): Promise<JobResult> {
    const { inference } = experiment.analyses;
    if (!inference) throw new RangeError('This experiment tests no model RDMs.');
    const key = modelTestsKey(experiment, inference, request, replicates, (one) => recordings.key(one));
    const known = await readKept<ModelTests>(this.store, key);
    if (known) return { kind: 'tests', tests: known };
    const tests = await testModels(drawn, inference, request, replicates, (replicate, site) =>
      recordings.compared(drawn, replicate, site, undefined),
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
}

/** What the jobs of one point of a sweep share: of an experiment without one, all. */
interface AtPoint {
  /** At the point. */
  readonly experiment: Experiment;
  readonly drawn: DrawnExperiment;
  readonly recordings: Recordings;
}

/** @param checkpoint of a replicate that still trains */
async function lookedAt(
  recordings: Recordings,
  job: Replicate & { readonly checkpoint?: Checkpoint },
): Promise<Recording> {
  return job.checkpoint ? recordings.soFar(job, [job.checkpoint]) : recordings.looked(job);
}

/** What was drawn, in numbers. */
function describedStimuli({ experiment, drawn }: AtPoint): Pick<Prepared, 'stimuli' | 'tasks' | 'asked'> {
  const { sets } = drawn;
  const { stimuli, tasks } = experiment;
  const { train, fit, test, coincide } = sets;
  return {
    stimuli: {
      seed: stimuli.seed,
      coincide,
      inputUnits: stimuli.inputUnits,
      train: setResults(experiment, sets, train),
      fit: setResults(experiment, sets, fit),
      test: setResults(experiment, sets, test),
    },
    tasks: Object.fromEntries(tasks.map((task) => [task.name, taskResults(task, test)])),
    ...(sets.corpus
      ? {
          asked: askedResults(sets.corpus, inContextOf(experiment, sets.corpus), experiment.analyses.answers),
        }
      : {}),
  };
}

/** Of each evaluation set that is asked in context: what of it each network was trained on. */
function inContextOf({ networks }: Experiment, corpus: Corpus): (set: string) => Record<string, number> {
  const shares = networks
    .filter(isTransformer)
    .map((network) => ({ name: network.name, of: contextShares(network, corpus) }));
  return (set) =>
    Object.fromEntries(shares.flatMap(({ name, of }) => (of.has(set) ? [[name, of.get(set) ?? 0]] : [])));
}

function describedPoint(at: AtPoint): PreparedPoint {
  const { experiment, drawn } = at;
  const described = describedStimuli(at);
  const rdm = rdmResults(experiment, described.stimuli, drawn.conditions.counts.length);
  return { ...described, labels: labelInfos(drawn), rdm };
}

/** What comes of drawn stimuli; that they cannot be drawn is an answer. */
function drawing(make: () => JobResult): JobResult {
  try {
    return make();
  } catch (error) {
    if (error instanceof StimuliError)
      return { kind: 'undrawable', message: error.message, path: error.path };
    throw error;
  }
}

function analysisKeysOf(experiment: Experiment, recordings: Recordings, replicate: Replicate): AnalysisKeys {
  const { analyses } = experiment;
  const own = experiment.networks.filter(({ name }) => name === replicate.source);
  const measures = [
    ...siteMeasuresOf(analyses),
    ...layerPairMeasures(analyses),
    ...probeMeasures(analyses),
    ...dictionaryMeasures(analyses),
    ...answersMeasures(analyses),
    ...changeMeasuresOf(own, analyses.rdm),
  ];
  return analysisKeys(experiment, recordings.key(replicate), measures);
}
