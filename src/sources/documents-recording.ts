import { mean } from '../core/mean';
import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import type { SetName } from '../experiment/experiment';
import type { AttentionDetail, AttentionWish, DocumentsWish } from '../protocol/documents';
import type { Corpus } from '../stimuli/documents/corpus';
import type { StimulusSet } from '../stimuli/stimulus-set';
import { type Checkpoint, OverflowError } from '../training/engine';
import type { GraphForward } from '../training/graph/forward';
import { transformer as programOf } from '../training/graph/transformer';
import { askedAnswers } from './asked-answers';
import { drawnAnswers } from './drawn-answers';
import { readersOf } from './site-readers';
import { attentionIn, saidDocuments } from './said-documents';
import { askedOf, effortOf } from './seen-documents';
import type { Effort, MakeContext, Recording } from './source';
import type { TransformerNetwork } from './transformer-network';

/** Bytes of the states of all sites that are held: of more one site at a time is made. */
const MOST_HELD = 64e6;

/** States of a transformer at tokens of documents, recomputed from the weights at each checkpoint. */
export class DocumentsRecording implements Recording {
  /** Of each set the states that were asked for last: one pass gives all sites, which are asked for one by one. */
  readonly #newest = new Map<SetName, { checkpoint: number; sites: readonly Matrix<Float32Array>[] }>();

  constructor(
    private readonly network: TransformerNetwork,
    readonly replicate: Replicate,
    private readonly context: MakeContext,
    private readonly stages: readonly Checkpoint[],
  ) {}

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  get checkpoints(): Recording['checkpoints'] {
    return this.stages.map(({ step, epoch }) => ({ step, epoch }));
  }

  get bytes(): number {
    return this.stages.reduce((sum, { parameters }) => sum + parameters.byteLength, 0);
  }

  // oxlint-disable-next-line typescript/require-await -- what is wrong comes as a rejection
  async activations(site: string, set: SetName, checkpoint: number): Promise<Matrix<Float32Array>> {
    const stage = this.stages[checkpoint] as Checkpoint | undefined;
    const at = this.sites.findIndex(({ name }) => name === site);
    if (!stage || at < 0) throw new RangeError(`There is no layer ${site} at checkpoint ${checkpoint}.`);
    const states = this.#statesOf(at, set, checkpoint);
    if (!states.data.every(Number.isFinite)) throw new OverflowError(site, stage.step, stage.epoch);
    return states;
  }

  /** Of all evaluation sets, whatever the set of stimuli. */
  // oxlint-disable-next-line typescript/require-await -- what is wrong comes as a rejection
  async behaviour(_: SetName, checkpoint: number): ReturnType<Recording['behaviour']> {
    return this.#with(this.stages[checkpoint], (forward) =>
      askedAnswers(
        forward,
        this.#corpus.sets.map((set, at) => ({
          ...set,
          sequences: askedOf(this.network, this.#corpus, at + 1).sequences,
        })),
      ),
    );
  }

  // oxlint-disable-next-line typescript/require-await -- what is wrong comes as a rejection
  async drawnAnswers(
    temperatures: readonly number[],
    checkpoint: number,
  ): ReturnType<NonNullable<Recording['drawnAnswers']>> {
    return this.#with(
      this.stages[checkpoint],
      (forward) =>
        new Map(
          this.#corpus.sets.flatMap(({ name, options, environment }, at) => {
            if (environment) return [];
            const { sequences } = askedOf(this.network, this.#corpus, at + 1);
            const asked = { sequences, ...(options ? { options } : {}) };
            const { right, margins } = drawnAnswers(forward, asked, temperatures);
            return [[name, { shares: right.map(mean), margins }] as const];
          }),
        ),
    );
  }

  // oxlint-disable-next-line typescript/require-await -- what is wrong comes as a rejection
  async documents(wish: DocumentsWish, checkpoint: number): ReturnType<NonNullable<Recording['documents']>> {
    return this.#with(this.stages[checkpoint], (forward) =>
      saidDocuments(forward, this.network, this.#corpus, wish),
    );
  }

  // oxlint-disable-next-line typescript/require-await -- what is wrong comes as a rejection
  async attention(wish: AttentionWish, checkpoint: number): Promise<AttentionDetail> {
    return this.#with(this.stages[checkpoint], (forward) =>
      attentionIn(forward, this.network, this.#corpus, wish),
    );
  }

  effort(): Effort | null {
    const { phases } = this.network.training;
    if (phases.some(({ trainOn, ownAnswers, reinforcement }) => trainOn ?? ownAnswers ?? reinforcement))
      return null;
    const { parameters } = programOf(this.network.shape);
    const weights = parameters.reduce(
      (sum, { kind, rows, units }) => sum + (kind === 'weights' ? rows * units : 0),
      0,
    );
    const { epoch } = this.stages[this.stages.length - 1];
    return effortOf(this.network, this.#corpus, { seed: this.replicate.seed, epochs: epoch, weights });
  }

  end(): Recording {
    return new DocumentsRecording(this.network, this.replicate, this.context, this.stages.slice(-1));
  }

  get #corpus(): Corpus {
    const { corpus } = this.context.sets;
    if (!corpus) throw new Error('A transformer is asked about documents.');
    return corpus;
  }

  /** Tokens × units of a site. */
  #statesOf(at: number, set: SetName, checkpoint: number): Matrix<Float32Array> {
    const stimuli = this.context.sets[set];
    const stage = this.stages[checkpoint];
    const units = this.sites.reduce((sum, site) => sum + site.units, 0);
    if (units * stimuli.inputs.rows * 4 > MOST_HELD) return this.#states([this.sites[at]], stimuli, stage)[0];
    let newest = this.#newest.get(set);
    if (newest?.checkpoint !== checkpoint) {
      newest = { checkpoint, sites: this.#states(this.sites, stimuli, stage) };
      this.#newest.set(set, newest);
    }
    return newest.sites[at];
  }

  #states(
    sites: readonly Site[],
    { tokens, inputs }: StimulusSet,
    { parameters }: Checkpoint,
  ): Matrix<Float32Array>[] {
    if (!tokens) throw new Error('A transformer is asked about tokens.');
    const found = sites.map(({ units: cols }) => ({
      ...{ rows: inputs.rows, cols },
      data: new Float32Array(inputs.rows * cols),
    }));
    const program = programOf(this.network.shape);
    for (const { names, places, open } of readersOf(program, sites)) {
      const reader = open(this.context.engine.sequences, parameters);
      try {
        for (let of = 0; of <= this.#corpus.sets.length; of++) {
          const rows = [...tokens.at.keys()].filter((row) => tokens.of[row] === of);
          if (rows.length === 0) continue;
          const { sequences, place } = askedOf(this.network, this.#corpus, of);
          const at = Uint32Array.from(rows, (row) => place(tokens.at[row]));
          for (const [site, { cols, data }] of reader.read(sequences, names, at).entries())
            for (const [from, row] of rows.entries())
              found[places[site]].data.set(data.subarray(from * cols, (from + 1) * cols), row * cols);
        }
      } finally {
        reader.release?.();
      }
    }
    return found;
  }

  #with<T>({ parameters }: Checkpoint, use: (forward: GraphForward) => T): T {
    const forward = this.context.engine.sequences.reader(programOf(this.network.shape), parameters);
    try {
      return use(forward);
    } finally {
      forward.release();
    }
  }
}
