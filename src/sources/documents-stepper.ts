import { stream } from '../core/stream';
import type { Expression } from '../experiment/expression';
import type { Corpus } from '../stimuli/documents/corpus';
import type { Parameters } from '../training/engine';
import type { FullEngine } from '../training/graph/sequences';
import type { GraphStepper } from '../training/graph/stepper';
import { transformer as programOf } from '../training/graph/transformer';
import type { Score } from '../training/loss';
import type { Stepper, Update } from '../training/stepper';
import { withOwnAnswers } from './own-answers';
import { documentsFor, type TrainedOn, trainedOn } from './seen-documents';
import type { TransformerNetwork } from './transformer-network';

/** Steps over documents, which batches name by their place among those that are trained on; answers are tokens. */
export class DocumentsStepper implements Stepper {
  #now: TrainedOn;

  /** @param all what phases are trained on that do not say it themselves */
  constructor(
    private readonly engine: FullEngine['sequences'],
    private readonly graph: GraphStepper,
    private readonly network: TransformerNetwork,
    private readonly corpus: Corpus,
    private readonly all: TrainedOn,
    private readonly seed: number,
  ) {
    this.#now = all;
  }

  begin(phase: number): number | null {
    const { network, corpus, seed } = this;
    const { trainOn = network.trainOn, ownAnswers } = network.training.phases[phase];
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
    const epoch = Math.floor(step / Math.ceil(documents.length / this.network.training.batchSize));
    const { loss, counted, right } = this.graph.step({
      ...{ sequences: sequences(epoch), learningRate },
      documents: rows.map((row) => documents[row]),
    });
    return { loss, correct: [(rows.length * right) / Math.max(1, counted)] };
  }

  resetOptimizer(): void {
    this.graph.resetOptimizer();
  }

  parameters(): Parameters {
    return this.graph.parameters();
  }
}
