import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { type DocumentsShape, longestOf } from '../experiment/documents';
import { effectiveTraining } from '../experiment/effective';
import type { DocumentStimuli, Experiment } from '../experiment/experiment';
import type { TransformerSpec } from '../experiment/file';
import { furtherIn, gradientOf, weightsOf } from '../experiment/further-sites';
import { readFormula } from '../experiment/formula/read-formula';
import { quote } from '../experiment/names';
import type { Draft } from '../experiment/structure';
import { isTrained } from '../experiment/training';
import type { EngineInfo } from '../protocol/results';
import { retrievedLength } from '../stimuli/documents/retrieval';
import { costOf } from '../training/cost';
import type { Checkpoint, TrainingObserver } from '../training/engine';
import { WithValue } from '../training/graph/actor-critic';
import { initializeProgram } from '../training/graph/initialize';
import { workingBytes } from '../training/graph/memory';
import { type Program, programParameterCount } from '../training/graph/program';
import { transformer as programOf } from '../training/graph/transformer';
import { DocumentsRecording } from './documents-recording';
import { DocumentsStepper } from './documents-stepper';
import { trainedOn } from './seen-documents';
import type { TransformerNetwork, TransformerShape } from './transformer-network';
import type { KeptFiles, MakeContext, NetworkKind, Recording, Source } from './source';
import { filesOfTraining, trainingOf } from './stored-training';

/** Raised when more is measured of answers: what was measured before is not the whole. 2: ranks, and what is right of answers that are drawn. */
const ANSWERS = 2;

/** Transformers that are trained to say the next token of documents. What is kept of one are its weights; its states are recomputed. */
export const transformer: NetworkKind<TransformerNetwork> = {
  key: 'transformer',
  ofDocuments: true,
  check: (spec, { path, problems }) => {
    const { width = 64, heads = 4 } = draftOf(spec);
    if (width % heads === 0) return;
    const message = `'width' is ${width}, which ${heads} heads do not divide. Write a multiple of 'heads'.`;
    problems.at([...path, 'transformer', 'width'], 'out-of-range', message);
  },
  read: (spec, { documents, entry, entryPath, formulas, name, problems }) => {
    const { layers = 2, width = 64, heads = 4, mlp = 4 * width, ...rest } = draftOf(spec);
    const { activation = 'gelu', tied = false, initialScale = 1 } = rest;
    const { retrieval: brought } = entry;
    const retrieval = brought && {
      ...{ relevant: brought.relevant ?? 1, distractors: brought.distractors ?? 2 },
      ...{ recall: brought.recall ?? 1, train: brought.train ?? true, test: brought.test ?? true },
    };
    const shape = {
      ...(documents ? sizesOf(documents.shape, retrieval) : { vocabulary: 1, length: 1 }),
      ...{ layers, width, heads, hidden: mlp, activation, tied },
      // Named where it is another alone: what was trained without is known by the same key.
      ...(initialScale === 1 ? {} : { initialScale }),
    };
    const program = programOf(shape);
    const sites = sitesOf(program);
    const at = [...entryPath, 'trainOn'];
    const where = `'trainOn' of network ${quote(name)}`;
    return {
      shape,
      trainOn: entry.trainOn === undefined ? null : readFormula(entry.trainOn, formulas, where, at, problems),
      ...(retrieval ? { retrieval } : {}),
      sites,
      further: [
        ...program.sites.flatMap(({ table, ...site }) => (table === undefined ? [] : weightsOf(site, width))),
        ...sites.map(gradientOf),
      ],
      parameters: programParameterCount(program),
      workingBytes: workingBytes(program),
      activation,
      isFixed: false,
      ofDocuments: true,
    };
  },
  source: (experiment, network) => new TransformerSource(experiment, network),
};

function draftOf(spec: object): Draft<TransformerSpec['transformer']> {
  return (spec as Draft<TransformerSpec>).transformer ?? {};
}

/** Tokens that there are, and those of the longest document as the network sees it. */
function sizesOf(
  shape: DocumentsShape,
  retrieval: TransformerNetwork['retrieval'],
): Pick<TransformerShape, 'vocabulary' | 'length'> {
  const length = retrieval ? retrievedLength(shape, retrieval) : longestOf(shape);
  return { vocabulary: shape.vocabulary.length, length };
}

function sitesOf({ sites }: Program): Site[] {
  return sites.map(({ name, units }) => ({
    name,
    role: name === 'readout' ? 'readout' : 'hidden',
    units,
  }));
}

class TransformerSource implements Source {
  readonly #documents: DocumentStimuli;

  constructor(
    private readonly experiment: Experiment,
    readonly network: TransformerNetwork,
  ) {
    const { documents } = experiment.stimuli;
    if (!documents) throw new Error('A transformer is trained on documents.');
    this.#documents = documents;
  }

  get name(): string {
    return this.network.name;
  }

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  get effective(): object {
    const { name, shape, trainOn, retrieval, training } = this.network;
    return {
      name,
      shape,
      trainOn,
      // Where documents stand with what is brought before them.
      retrieval: retrieval && { ...retrieval, positions: 'of the document' },
      training: isTrained(this.network) ? effectiveTraining(training) : {},
    };
  }

  get cost(): Source['cost'] {
    return costOf(this.experiment, this.network);
  }

  key(replicate: Replicate, engine: EngineInfo): object {
    return {
      ...this.keptKey(replicate, engine),
      ...{ stimuli: this.experiment.stimuli, answers: ANSWERS },
      ...furtherIn(this.sites),
    };
  }

  /** Which tokens are looked at determines nothing of its weights. */
  keptKey({ seed }: Replicate, engine: EngineInfo): object {
    const { stimuli } = this.experiment;
    const documents = { plan: this.#documents.plan, seed: stimuli.seed };
    return { kind: 'documents', engine, documents, network: this.effective, seed };
  }

  async make(
    replicate: Replicate,
    context: MakeContext,
    kept: KeptFiles,
    observer: TrainingObserver,
  ): Promise<{ recording: Recording; reused: boolean }> {
    const files = await kept.read();
    const known = files && trainingOf(files);
    if (known) return { recording: this.soFar(replicate, context, known.checkpoints), reused: true };
    const { corpus } = context.sets;
    if (!corpus) throw new Error('A transformer is trained on documents.');
    const { network } = this;
    const trained = trainedOn(network, corpus, replicate.seed);
    const program = programOf(network.shape);
    const initial = initializeProgram(program, network.name, replicate.seed);
    const { sequences } = context.engine;
    const acts = network.training.phases.some(({ reinforcement }) => reinforcement);
    const valued = acts ? new WithValue(program) : null;
    const graph = valued
      ? sequences.stepper(valued.program, network.training, valued.with(initial))
      : sequences.stepper(program, network.training, initial);
    const stepper = new DocumentsStepper(
      ...([sequences, graph, network, corpus, trained, replicate.seed, valued] as const),
    );
    try {
      const job = {
        ...{ network, seed: replicate.seed, tasks: [{ name: 'next token' }] },
        inputs: { rows: trained.documents.length },
      };
      const made = await sequences.train(stepper, job, observer);
      await kept.write(filesOfTraining(made));
      return { recording: this.soFar(replicate, context, made.checkpoints), reused: false };
    } finally {
      stepper.release();
    }
  }

  soFar(replicate: Replicate, context: MakeContext, checkpoints: readonly Checkpoint[]): Recording {
    return new DocumentsRecording(this.network, replicate, context, checkpoints);
  }
}
