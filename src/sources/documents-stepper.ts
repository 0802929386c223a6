import { stream } from '../core/stream';
import type { Reinforcement } from '../experiment/experiment';
import type { Expression } from '../experiment/expression';
import type { Corpus } from '../stimuli/documents/corpus';
import type { Parameters } from '../training/engine';
import type { WithValue } from '../training/graph/actor-critic';
import type { GraphForward } from '../training/graph/forward';
import type { FullEngine } from '../training/graph/sequences';
import type { GraphStepper } from '../training/graph/stepper';
import { transformer as programOf } from '../training/graph/transformer';
import type { Score } from '../training/loss';
import type { Stepper, Update } from '../training/stepper';
import { experienceOf } from './acting';
import { withOwnAnswers } from './own-answers';
import { documentsFor, type TrainedOn, trainedOn } from './seen-documents';
import type { TransformerNetwork } from './transformer-network';

/** Steps over documents, which batches name by their place among those that are trained on; answers are tokens. */
export class DocumentsStepper implements Stepper {
  #now: TrainedOn;
  /** Of a phase that is trained by reinforcement. */
  #acting: Reinforcement | undefined;
  #actor: GraphForward | undefined;

  /** @param all what phases are trained on that do not say it themselves */
  constructor(
    private readonly engine: FullEngine['sequences'],
    /** Of the network's program, or with a value after it where it acts. */
    private readonly graph: GraphStepper,
    private readonly network: TransformerNetwork,
    private readonly corpus: Corpus,
    private readonly all: TrainedOn,
    private readonly seed: number,
    private readonly valued: WithValue | null = null,
  ) {
    this.#now = all;
  }

  begin(phase: number): number | null {
    const { network, corpus, seed } = this;
    const { trainOn = network.trainOn, ownAnswers, reinforcement } = network.training.phases[phase];
    this.#acting = reinforcement;
    if (trainOn === network.trainOn && !ownAnswers) {
      this.#now = this.all;
      return null;
    }
    const of = { ...network, trainOn };
    this.#now = trainedOn(of, ownAnswers ? this.#answered(of, ownAnswers, phase) : corpus, seed);
    return this.#now.documents.length;
  }

  /** What the phase is trained on that begins, with answers of its own. */
  #answered(of: TransformerNetwork, which: Expression, phase: number): Corpus {
    const { corpus, seed } = this;
    const isOwn = documentsFor(which, corpus);
    const documents = trainedOn({ ...of, retrieval: undefined }, corpus, seed).documents.filter(
      (document) => isOwn[document] === 1,
    );
    const forward = this.engine.reader(programOf(of.shape), this.parameters());
    try {
      return withOwnAnswers(corpus, documents, forward, of, stream('own answers', of.name, seed, phase));
    } finally {
      forward.release();
    }
  }

  step({ step, rows, learningRate }: Update): Score {
    const { documents, sequences } = this.#now;
    if (this.#acting) return this.#act(this.#acting, { step, rows, learningRate });
    const epoch = Math.floor(step / Math.ceil(documents.length / this.network.training.batchSize));
    const { loss, counted, right } = this.graph.step({
      ...{ sequences: sequences(epoch), learningRate },
      documents: rows.map((row) => documents[row]),
    });
    return { loss, correct: [(rows.length * right) / Math.max(1, counted)] };
  }

  /** A step by what comes of acting once in each document of a batch; right are episodes that get there. */
  #act(
    settings: Reinforcement,
    { step, rows, learningRate }: Pick<Update, 'step' | 'rows' | 'learningRate'>,
  ): Score {
    const { corpus, network, seed, graph, valued } = this;
    const world = corpus.world?.(null);
    if (!world || !valued) throw new Error('A network acts in a world, and says values of it.');
    const parameters = graph.parameters();
    if (this.#actor) this.#actor.load(parameters);
    else this.#actor = this.engine.reader(valued.program, parameters);
    const documents = rows.map((row) => this.#now.documents[row]);
    const random = stream('acts', network.name, seed, step);
    const { sequences, acted, reached } = experienceOf(
      ...([this.#actor, world, corpus.train, documents, settings, random] as const),
    );
    const all = Uint32Array.from({ length: sequences.starts.length - 1 }, (_, at) => at);
    const { loss } = graph.step({ sequences, documents: all, learningRate, acted });
    return { loss, correct: [reached] };
  }

  resetOptimizer(): void {
    this.graph.resetOptimizer();
  }

  parameters(): Parameters {
    const parameters = this.graph.parameters();
    return this.valued ? this.valued.without(parameters) : parameters;
  }

  /** Gives the memory back; this must not be used any more. */
  release(): void {
    this.graph.release();
    this.#actor?.release();
  }
}
