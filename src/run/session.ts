import { COMPARISON_ROOM } from '../experiment/checks/memory';
import { type Replicate, replicateKey } from '../core/replicate';
import type { Experiment } from '../experiment/experiment';
import { pointsOf, replicatesOf } from '../experiment/replicates';
import type { DetailPart, ReplicateDetail, StimuliDetail } from '../protocol/detail';
import type { ModelTests, ReplicateResults, PairResults, Results } from '../protocol/results';
import type { AttentionDetail, AttentionWish, DocumentsDetail, DocumentsWish } from '../protocol/documents';
import type { RecoveryDetail } from '../protocol/recovery';
import type { StructureDetail } from '../protocol/structure';
import type { EngineChoice } from '../training/choose-engine';
import type { Checkpoint, Progress } from '../training/engine';
import type { ActivationsPart } from './activations-file';
import { assemble, type Together } from './assemble';
import { pairRequests } from './compare';
import type {
  Job,
  JobMessage,
  JobResult,
  PairRequest,
  Prepared,
  PreparedPoint,
  Preview,
  StoreWarning,
  WorkerSetting,
} from './jobs';
import { modelTestRequests, replicatesFor } from './model-tests';
import { type Outcome, unfinished } from './outcome';
import { errorOf } from './pool/job-error';
import { type PoolOptions, WorkerPool, defaultPoolSize } from './pool/worker-pool';
import { sourceOf } from '../sources/sources';
import { formulasOf, isTransformer } from '../sources/transformer-network';
import { StimuliError } from '../stimuli/stimuli-error';
import { Store } from './store/store';
import type { StructurePlace } from './structure-detail';

export interface SessionOptions {
  /** The worker's script, `dist/worker.js`; or what starts whatever stands for one. */
  readonly script: PoolOptions['script'];
  /** Folder of the store. */
  readonly store: string;
  readonly capBytes: number;
  /** The store's folder is where earlier versions kept theirs. */
  readonly adoptStore?: boolean;
  /** Hears once of work that cannot be read from the store, and once of work that cannot be kept in it. */
  readonly warn?: (message: string) => void;
  /** Threads; the machine's processors by default. */
  readonly workers?: number;
  readonly engine?: EngineChoice;
  /** Also say the checkpoints of each network's first replicate as they are reached, for `preview`, and make a first one. */
  readonly previews?: boolean;
  /** Whether its threads let others on the machine go first, where the system has priorities of threads. */
  readonly stepsBack?: WorkerSetting['stepsBack'];
  /** Results without the statistics of single units, of which details have their own: lighter by far. */
  readonly withoutUnits?: boolean;
}

/** Of what is asked of a replicate's detail, and how. */
interface DetailWish {
  /** All of it where absent. */
  readonly only?: DetailPart;
  /** Of a replicate that still trains, those that it has reached: nothing is trained, and the newest is shown. */
  readonly checkpoints?: readonly Checkpoint[];
  readonly signal?: AbortSignal;
}

/** What happens in a run, in order, as the views need it. */
export type RunEvent =
  | { readonly kind: 'prepared'; readonly prepared: Prepared; readonly replicates: readonly Replicate[] }
  | ({ readonly kind: 'started' } & Replicate)
  | ({ readonly kind: 'training'; readonly progress: Progress } & Replicate)
  | ({ readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint } & Replicate)
  | ({ readonly kind: 'preview' } & Preview & Replicate)
  | ({ readonly kind: 'analysing'; readonly reused: boolean } & Replicate)
  | ({
      readonly kind: 'replicate';
      readonly reused: boolean;
      readonly results: ReplicateResults;
    } & Replicate)
  | { readonly kind: 'comparing'; readonly done: number; readonly of: number };

/** A job that was cancelled before it ended. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('Cancelled.');
  }
}

/**
 * One experiment and the threads that work on it: runs the analysis, and answers what views ask of it afterwards. Finished
 * replicates are in the store before they are reported, so that a run that was cancelled or cut off goes on from there.
 */
export class Session {
  readonly #pool: WorkerPool<Job, JobMessage, JobResult>;
  #prepared: Promise<Prepared> | undefined;
  #asked = 0;
  readonly #previews: boolean;
  readonly #store: WorkerSetting['store'];
  readonly #warn: (message: string) => void;
  readonly #warned = new Set<StoreWarning['about']>();

  constructor(
    readonly experiment: Experiment,
    options: SessionOptions,
  ) {
    const size = options.workers ?? defaultPoolSize();
    this.#warn = options.warn ?? (() => undefined);
    this.#store = {
      folder: options.store,
      options: { capBytes: options.capBytes, adopt: options.adoptStore, keepUsedSince: Date.now() },
    };
    const setting: WorkerSetting = {
      experiment,
      engine: options.engine ?? 'fused',
      stepsBack: options.stepsBack ?? 'not',
      units: options.withoutUnits !== true,
      comparisonRoom: COMPARISON_ROOM / size,
      store: this.#store,
    };
    this.#previews = options.previews === true;
    this.#pool = new WorkerPool({
      script: options.script,
      size,
      workerData: setting,
      keepWarm: true,
    });
  }

  /**
   * Trains and analyses what is not in the store, seed by seed over all networks (what trains nothing last, but for its first), and compares.
   *
   * @param text of the experiment file, which the results hold
   * @returns what was found; after an abort of the replicates that were finished, the others marked as cancelled
   * @throws StimuliError where the stimuli cannot be drawn; Error where the threads or the store fail
   */
  async run(on: (event: RunEvent) => void = () => undefined, signal?: AbortSignal, text = ''): Promise<Run> {
    const replicates = replicatesOf(this.experiment);
    // While one of them draws the stimuli.
    if (signal?.aborted !== true) this.#pool.warm(replicates.length);
    const prepared = await this.#preparePoints(await this.prepare(signal), signal);
    on({ kind: 'prepared', prepared, replicates });
    const outcomes = await this.#replicates(replicates, on, signal);
    const done = outcomes.flatMap(({ replicate, results }) => (results.status === 'done' ? [replicate] : []));
    const together = await this.#together(done, on, signal);
    return { results: assemble(this.experiment, text, prepared, outcomes, together), outcomes };
  }

  /** Draws the stimuli (of a sweep, those of its first point), once. */
  prepare(signal?: AbortSignal): Promise<Prepared> {
    this.#prepared ??= this.#prepareAt(0, signal);
    return this.#prepared;
  }

  async #prepareAt(point: number, signal?: AbortSignal): Promise<Prepared> {
    return drawnOf(await this.#ask({ kind: 'prepare', point }, signal), 'prepare');
  }

  /** With what later points have otherwise, where stimuli or tasks are varied. */
  async #preparePoints(prepared: Prepared, signal: AbortSignal | undefined): Promise<Prepared> {
    if (!this.experiment.sweep) return prepared;
    const [first, ...others] = pointsOf<Experiment>(this.experiment).map(
      ({ stimuli, tasks, analyses, networks }) => {
        // What is said of evaluation sets depends on which documents each network sees.
        const seen = networks
          .filter(isTransformer)
          .map((network) => [network.name, formulasOf(network), network.retrieval]);
        return JSON.stringify([stimuli, tasks, analyses, seen]);
      },
    );
    const asked = [...new Set(others)].filter((key) => key !== first);
    const found = new Map<string, PreparedPoint>([[first, {}]]);
    await this.#pool.run(
      asked.map((key) => ({ id: key, job: { kind: 'point', point: others.indexOf(key) + 1 } })),
      {
        signal,
        onMessage: (_, message) => this.#hear(message),
        onResult: (key, outcome) => {
          if (outcome.status === 'failed') throw errorOf(outcome.error);
          if (outcome.status === 'done') found.set(key, drawnOf(outcome.result, 'point').described);
        },
      },
    );
    return { ...prepared, points: others.map((key) => found.get(key) ?? {}) };
  }

  async stimuli(point = 0): Promise<StimuliDetail> {
    return (await (point === 0 ? this.prepare() : this.#prepareAt(point))).detail;
  }

  /**
   * What the pictures of a replicate are drawn from.
   *
   * @param step of one of its checkpoints; null: the final one
   */
  async detail(
    name: Replicate,
    step: number | null,
    { only, checkpoints, signal }: DetailWish = {},
  ): Promise<ReplicateDetail> {
    const job = { ...named(name), kind: 'detail', step, only, checkpoints } as const;
    return expectKind(await this.#ask(job, signal), 'detail').detail;
  }

  /**
   * Finished replicates of one point compared with each other; nothing of it is kept.
   *
   * @param request how; the first of the experiment unless said otherwise
   * @param epoch as the replicates were then, each at its newest checkpoint up to it; their end unless said otherwise
   */
  async similarities(
    replicates: readonly Replicate[],
    { request = pairRequests(this.experiment)[0], epoch }: { request?: PairRequest; epoch?: number } = {},
  ): Promise<PairResults> {
    const compared = replicates.map(named);
    const point = compared[0]?.point ?? 0;
    const job = { kind: 'compare', request, point, replicates: compared, epoch, keep: false } as const;
    return expectKind(await this.#ask(job), 'compare').compared;
  }

  /** What can be said of a replicate that still trains, from the checkpoints that it has reached; nothing of it is kept. */
  async preview(name: Replicate, checkpoints: readonly Checkpoint[]): Promise<Preview> {
    return expectKind(await this.#ask({ ...named(name), kind: 'preview', checkpoints }), 'preview');
  }

  /** The activation of one unit for every test stimulus. */
  async unit(
    name: Replicate,
    unit: { step: number | null; layer: string; unit: number; checkpoint?: Checkpoint },
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    return expectKind(await this.#ask({ ...named(name), kind: 'unit', ...unit }, signal), 'unit').activations;
  }

  /** Maps of a layer on a plane. */
  async structure(
    name: Replicate,
    place: StructurePlace & { checkpoint?: Checkpoint },
    signal?: AbortSignal,
  ): Promise<StructureDetail> {
    return expectKind(await this.#ask({ ...named(name), kind: 'structure', ...place }, signal), 'structure')
      .detail;
  }

  /** What of a layer is recovered in another replicate. */
  async recovery(
    name: Replicate,
    place: { step: number | null; layer: string; other: Replicate },
  ): Promise<RecoveryDetail> {
    const job = { ...named(name), kind: 'recovery', ...place, other: named(place.other) } as const;
    return expectKind(await this.#ask(job), 'recovery').detail;
  }

  /** What a replicate says of documents, token by token. */
  async documents(name: Replicate, wish: DocumentsWish & { step: number | null }): Promise<DocumentsDetail> {
    return expectKind(await this.#ask({ ...named(name), kind: 'documents', ...wish }), 'documents').detail;
  }

  /** Where one head of attention of a replicate looks in a document. */
  async attention(name: Replicate, wish: AttentionWish & { step: number | null }): Promise<AttentionDetail> {
    return expectKind(await this.#ask({ ...named(name), kind: 'attention', ...wish }), 'attention').detail;
  }

  /** A part of the activations of a replicate as a safetensors file, from 0 and then from where the part before says. */
  async activations(name: Replicate, from: number, signal?: AbortSignal): Promise<ActivationsPart> {
    return expectKind(await this.#ask({ ...named(name), kind: 'activations', from }, signal), 'activations');
  }

  /**
   * Brings the store to its cap. While a run goes on, what it uses stays; this is for when all is done.
   *
   * @returns how many entries went that the run had used
   * @throws StoreError
   */
  async trimStore(): Promise<number> {
    const { folder, options } = this.#store;
    return (await Store.open(folder, options)).trim();
  }

  /** Ends all threads. */
  dispose(): Promise<void> {
    return this.#pool.dispose();
  }

  async #replicates(
    replicates: readonly Replicate[],
    on: (event: RunEvent) => void,
    signal: AbortSignal | undefined,
  ): Promise<Outcome[]> {
    const outcomes = new Map(
      replicates.map((replicate) => [replicateKey(replicate), unfinished(replicate, 'cancelled')]),
    );
    const outcomeOf = (id: string): Outcome => {
      const outcome = outcomes.get(id);
      if (!outcome) throw new Error(`No replicate ${id} was asked for.`);
      return outcome;
    };
    // What is changed is trained before, so that no thread trains what another does.
    const changed = new Set(
      this.experiment.networks.flatMap(({ name, of }) => (of === undefined ? [] : [name])),
    );
    const [first, then] = [false, true].map((wanted) =>
      replicates.filter(({ source }) => changed.has(source) === wanted),
    );
    const run = async (some: readonly Replicate[]): Promise<void> => {
      const jobs = some.map((replicate) => ({
        id: replicateKey(replicate),
        priority: priorityOf(this.experiment, replicate),
        job: { kind: 'replicate', preview: this.#previews && isFirst(replicate), ...replicate } as const,
      }));
      await this.#pool.run(jobs, {
        signal,
        onStarted: (id) => on({ kind: 'started', ...outcomeOf(id).replicate }),
        onMessage: (id, message) => {
          if (message.kind === 'warning') this.#hear(message);
          else on({ ...message, ...outcomeOf(id).replicate });
        },
        onResult: (id, ended) => {
          if (ended.status === 'cancelled') return;
          if (ended.status === 'failed' && ended.error.name === 'StoreError') throw errorOf(ended.error);
          const { replicate } = outcomeOf(id);
          const reused = ended.status === 'done' && expectKind(ended.result, 'replicate').reused;
          const outcome =
            ended.status === 'done'
              ? { replicate, results: expectKind(ended.result, 'replicate').results }
              : unfinished(replicate, 'failed', ended.error.message);
          outcomes.set(id, outcome);
          on({ kind: 'replicate', reused, results: outcome.results, ...replicate });
        },
      });
    };
    await run(first);
    if (then.length > 0 && signal?.aborted !== true) await run(then);
    return [...outcomes.values()];
  }

  /** What is found of all replicates together: comparisons of every two, and tests of model RDMs. */
  async #together(
    done: readonly Replicate[],
    on: (event: RunEvent) => void,
    signal: AbortSignal | undefined,
  ): Promise<Together> {
    const { inference } = this.experiment.analyses;
    const compared: (PairResults | undefined)[] = [];
    const tests: (ModelTests | undefined)[] = [];
    const jobs = pointsOf<Experiment>(this.experiment).flatMap((experiment, point) =>
      togetherJobs(
        experiment,
        point,
        done.filter((replicate) => replicate.point === point),
      ),
    );
    const found = (): Together => ({
      compared: compared.filter((one) => one !== undefined),
      ...(inference ? { tests: tests.filter((one) => one !== undefined) } : {}),
    });
    if (jobs.length === 0 || signal?.aborted === true) return found();
    let ended = 0;
    on({ kind: 'comparing', done: 0, of: jobs.length });
    await this.#pool.run(
      jobs.map((job, at) => ({ id: String(at), job })),
      {
        signal,
        onMessage: (_, message) => this.#hear(message),
        onResult: (id, outcome) => {
          if (outcome.status === 'failed') throw errorOf(outcome.error);
          if (outcome.status === 'done') {
            const { result } = outcome;
            if (result.kind === 'tests') tests[Number(id)] = result.tests;
            else compared[Number(id)] = expectKind(result, 'compare').compared;
          }
          on({ kind: 'comparing', done: ++ended, of: jobs.length });
        },
      },
    );
    return found();
  }

  /** Of many that cannot be read the first is named: the others have the same cause, nearly always. */
  #hear(message: JobMessage): void {
    if (message.kind !== 'warning' || this.#warned.has(message.about)) return;
    this.#warned.add(message.about);
    this.#warn(message.message);
  }

  /** One job, ahead of all that wait. */
  async #ask(job: Job, signal?: AbortSignal): Promise<JobResult> {
    let answer: JobResult | undefined;
    let failure: Error = new CancelledError();
    await this.#pool.run([{ id: `ask ${this.#asked++}`, job }], {
      signal,
      onMessage: (_, message) => this.#hear(message),
      onResult: (_, outcome) => {
        if (outcome.status === 'done') answer = outcome.result;
        else if (outcome.status === 'failed') failure = errorOf(outcome.error);
      },
    });
    if (!answer) throw failure;
    return answer;
  }
}

/** What a run has found. */
export interface Run {
  readonly results: Results;
  /** One per replicate, in the order of `replicatesOf`: with the statistics of single units, which the results have not. */
  readonly outcomes: readonly Outcome[];
}

/** The replicate alone: events name one, too, and much besides. */
function named({ source, point, seed }: Replicate): Replicate {
  return { source, point, seed };
}

/** What is computed of all replicates of a point together. */
function togetherJobs(experiment: Experiment, point: number, done: readonly Replicate[]): Job[] {
  const { inference } = experiment.analyses;
  const asked = done.length < 2 ? [] : pairRequests(experiment);
  const compared = asked.map((request): Job => ({
    kind: 'compare',
    ...{ request, point, replicates: done, keep: true },
  }));
  const tests = inference ? modelTestRequests(experiment, done) : [];
  return [
    ...compared,
    ...tests.map((request): Job => ({
      kind: 'tests',
      ...{ request, point, replicates: inference ? replicatesFor(inference, request, done) : [] },
    })),
  ];
}

/** The first of its source. */
function isFirst({ point, seed }: Replicate): boolean {
  return point === 0 && seed === 0;
}

/**
 * Of what takes no time to make all but the first come last: they fill the time in which a thread would have nothing to do while others train the last that
 * do.
 */
function priorityOf(experiment: Experiment, replicate: Replicate): number {
  return replicate.seed > 0 && sourceOf(experiment, replicate).cost.seconds === 0 ? -1 : 0;
}

/** What was drawn. @throws StimuliError where it could not be */
function drawnOf<K extends 'prepare' | 'point'>(result: JobResult, kind: K): JobResult & { kind: K } {
  if (result.kind === 'undrawable') throw new StimuliError(result.message, result.path);
  return expectKind(result, kind);
}

function expectKind<K extends JobResult['kind']>(result: JobResult, kind: K): JobResult & { kind: K } {
  if (result.kind !== kind) throw new Error(`A worker answered ${result.kind} instead of ${kind}.`);
  return result as JobResult & { kind: K };
}
