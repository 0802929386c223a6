import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { effectiveTask } from '../experiment/effective';
import { truths } from '../experiment/evaluate';
import type { Experiment, Network, SetName, Task } from '../experiment/experiment';
import type { Path } from '../experiment/document';
import type { Expression } from '../experiment/expression';
import type { CircuitSpec, EncryptSpec } from '../experiment/file';
import { readFormula } from '../experiment/formula/read-formula';
import type { SpecPlace } from '../experiment/network-kind';
import { quote } from '../experiment/names';
import type { Problems } from '../experiment/problems';
import type { Draft } from '../experiment/structure';
import { readTask } from '../experiment/tasks';
import { layersOf } from '../protocol/layers';
import type { EngineInfo } from '../protocol/results';
import { columnsOf, taskLabels } from '../stimuli/task-label';
import { outputUnits } from '../training/layout';
import { EncryptedRecording } from './encrypted-recording';
import { ciphertextBits, type EncryptionSizes, noiseBits, notEncryptable } from './integer-encryption';
import type { MakeContext, NetworkKind, Recording, Source } from './source';

interface Circuit extends Network {
  /** By layer. */
  readonly gates: readonly (readonly Expression[])[];
  /** What it answers, one for each of its tasks: the task itself, where the file says nothing else. */
  readonly answers: readonly Task[];
  /** Where it is computed over encrypted bits. */
  readonly encrypt?: EncryptionSizes;
}

/** Bits of the largest key, as the schema has it. */
const MAX_KEY = 28;

type GateDraft = Draft<CircuitSpec['circuit']>;
type Formulas = { readonly formula: string; readonly path: readonly (string | number)[] }[];

/** Networks that are built by hand: gates that are formulas of features, and what they answer; also computed over encrypted bits. */
export const circuit: NetworkKind<Circuit> = {
  key: 'circuit',
  check: (spec, { path, formulas, problems }) => {
    const { gates = [], out = [] } = draftOf(spec);
    const at = [...path, 'circuit'];
    const lists = gates.filter((gate) => Array.isArray(gate));
    if (lists.length > 0 && lists.length < gates.length)
      problems.at(
        [...at, 'gates'],
        'wrong-type',
        "'gates' lists formulas and lists of formulas. Put those of each layer into a list of their own.",
      );
    gates.forEach((gate, layer) => {
      if (Array.isArray(gate) && gate.length === 0)
        problems.at(
          [...at, 'gates', layer],
          'empty',
          'This layer has no gate. Add one, or remove the layer.',
        );
    });
    gatesOf(gates, { path: [...at, 'gates'], formulas, problems });
    answersOf(out, [], { path: [...at, 'out'], formulas, problems });
  },
  read: (spec, { tasks, formulas, path, problems, name }) => {
    const { gates = [], out, encrypt } = draftOf(spec);
    // What is wrong with formulas was reported where they stand.
    const again = { path: [], formulas, problems: problems.silent() };
    const layers = gatesOf(gates, again);
    const answers = answersOf(out ?? [], tasks, again);
    const at = [...path, 'circuit', 'out'];
    if (out && out.length !== tasks.length)
      problems.at(
        at,
        'too-short',
        `'out' lists ${out.length} formulas, but network ${quote(name)} has ${tasks.length} tasks. Name one for each, or leave it out.`,
      );
    else
      answers.forEach((answer, index) => {
        if (!answer || answer.outputs === tasks[index].outputs) return;
        const message = `Task ${quote(tasks[index].name)} is answered by ${tasks[index].outputs} units, this formula has ${answer.outputs}. A task with classes is answered by the bare name of its feature.`;
        problems.at([...at, index], 'formula-type', message);
      });
    const answered = out ? answers.flatMap((answer) => answer ?? []) : tasks;
    const sizes = encrypt && sizesOf(encrypt);
    if (sizes)
      checkEncrypted({ layers, answers: answered, sizes }, [...path, 'circuit', 'encrypt'], problems);
    const each = sizes ? ciphertextBits(sizes) : 1;
    const units = [...layers.map((layer) => layer.length * each), outputUnits(tasks) * each];
    return {
      gates: layers,
      answers: answered,
      ...(sizes ? { encrypt: sizes } : {}),
      sites: layersOf(layers.length).map((layer, index) => ({ ...layer, units: units[index] })),
      parameters: 0,
      activation: sizes ? 'encrypted gates' : 'gates',
      isFixed: sizes === undefined,
      isBuilt: true,
    };
  },
  source: (experiment, network) => new CircuitSource(experiment, network),
};

function draftOf(spec: object): GateDraft {
  return (spec as Draft<CircuitSpec>).circuit ?? {};
}

function sizesOf({ key = 24, mask = 24, noise = 2 }: Draft<EncryptSpec>): EncryptionSizes {
  return { key, mask, noise };
}

/** Every formula must be one that is computed of ciphertexts, and leave less noise than the key can carry. */
function checkEncrypted(
  of: {
    readonly layers: readonly (readonly Expression[])[];
    readonly answers: readonly Task[];
    readonly sizes: EncryptionSizes;
  },
  at: Path,
  problems: Problems,
): void {
  const { layers, answers, sizes } = of;
  const formulas = answers.flatMap(({ label }) => (label.kind === 'binary' ? [label.expression] : []));
  const foreign = answers.find(({ label }) => label.kind !== 'binary');
  if (foreign) {
    const message = `Task ${quote(foreign.name)} has classes, and what is encrypted are bits. Remove it from the network's 'tasks', or write a formula that is true or false.`;
    problems.at(at, 'formula-type', message);
  }
  const all = [...layers.flat(), ...formulas];
  const kind = all.map(notEncryptable).find((one) => one !== null) ?? null;
  if (kind !== null) {
    const does = { same: 'compares two features', compare: 'compares a number', count: 'counts' }[
      kind as 'same'
    ];
    const message = `A formula of this circuit ${does}, which is not computed of encrypted bits. Write it with and, or, xor and not.`;
    problems.at(at, 'formula-type', message);
    return;
  }
  const most = Math.max(0, ...all.map((formula) => noiseBits(formula, sizes)));
  if (most < sizes.key) return;
  const message = `A formula of this circuit gathers noise of up to ${most} bits, which a 'key' of ${sizes.key} bits does not carry. Write a 'key' of more than ${most} (at most ${MAX_KEY}), less 'noise', or a simpler formula.`;
  problems.at(at, 'out-of-range', message);
}

/** The gates by layer, those without problems. */
function gatesOf(
  gates: Parameters<typeof layersIn>[0],
  { path, formulas, problems }: SpecPlace,
): Expression[][] {
  return layersIn(gates, path).map((layer) =>
    layer.flatMap(({ formula, path: at }) => {
      return readFormula(formula, formulas, 'the formula of this gate', at, problems) ?? [];
    }),
  );
}

/** What formulas answer for these tasks, in their order; null for one with problems. */
function answersOf(
  out: readonly string[],
  tasks: readonly Task[],
  { path, formulas, problems }: SpecPlace,
): (Task | null)[] {
  const where = 'the formula of this output';
  return out.map((formula, index) =>
    readTask({ name: tasks[index]?.name ?? '', formula, where }, formulas, [...path, index], problems),
  );
}

/** Formulas by layer, with where they stand. */
function layersIn(
  gates: readonly (string | readonly string[])[],
  at: readonly (string | number)[],
): Formulas[] {
  const isOne = gates.every((gate) => typeof gate === 'string');
  if (isOne) return [gates.map((formula, index) => ({ formula, path: [...at, index] }))];
  return gates.map((layer, index) =>
    typeof layer === 'string'
      ? [{ formula: layer, path: [...at, index] }]
      : layer.map((formula, gate) => ({ formula, path: [...at, index, gate] })),
  );
}

class CircuitSource implements Source {
  readonly cost = { steps: 0, seconds: 0 };

  constructor(
    private readonly experiment: Experiment,
    readonly network: Circuit,
  ) {}

  get name(): string {
    return this.network.name;
  }

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  get effective(): object {
    const { name, tasks, gates, answers, encrypt } = this.network;
    return { name, tasks, gates, answers: answers.map(effectiveTask), ...(encrypt ? { encrypt } : {}) };
  }

  /** What it answers is no matter of weights: of tasks, all that balance the stimuli, and those that it is scored on. */
  key({ seed }: Replicate, engine: EngineInfo): object {
    const { stimuli, tasks } = this.experiment;
    return {
      ...{ kind: 'circuit', engine, stimuli, tasks: tasks.map(effectiveTask), network: this.effective },
      ...(this.network.encrypt ? { seed } : {}),
    };
  }

  make(replicate: Replicate, context: MakeContext): Promise<{ recording: Recording; reused: boolean }> {
    return Promise.resolve({ recording: this.soFar(replicate, context), reused: false });
  }

  soFar(replicate: Replicate, context: MakeContext): Recording {
    const { network } = this;
    const { encrypt } = network;
    return encrypt
      ? new EncryptedRecording({ ...network, encrypt }, replicate, context)
      : new CircuitRecording(network, replicate, context);
  }
}

/** A recording that is computed from the features of the stimuli whenever it is asked for. */
class CircuitRecording implements Recording {
  readonly checkpoints = [{ step: 0, epoch: 0 }];
  readonly bytes = 0;

  constructor(
    private readonly network: Circuit,
    readonly replicate: Replicate,
    private readonly context: MakeContext,
  ) {}

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  activations(site: string, set: SetName): Promise<Matrix<Float32Array>> {
    const at = this.sites.findIndex(({ name }) => name === site);
    if (at < 0) throw new RangeError(`There is no layer ${site}.`);
    const { gates, answers } = this.network;
    const { features, inputs } = this.context.sets[set];
    const columns = columnsOf(features);
    const units =
      at < gates.length
        ? gates[at].map((gate) => truths(gate, columns, inputs.rows))
        : answers.flatMap((answer) => {
            const labels = taskLabels(answer, columns, inputs.rows);
            const values = answer.outputs === 1 ? [1] : Array.from({ length: answer.outputs }, (_, at) => at);
            return values.map((value) => Uint8Array.from(labels, (label) => (label === value ? 1 : 0)));
          });
    return Promise.resolve(sideBySide(units, inputs.rows));
  }

  behaviour(set: SetName): ReturnType<Recording['behaviour']> {
    const stimuli = this.context.sets[set];
    const columns = columnsOf(stimuli.features);
    const { tasks, answers } = this.network;
    const accuracy = tasks.map((name, at) => {
      const { values } = stimuli.tasks.find((task) => task.name === name) as Label;
      const answer = taskLabels(answers[at], columns, values.length);
      const right = values.reduce((sum, value, row) => sum + (answer[row] === value ? 1 : 0), 0);
      return [name, right / values.length] as const;
    });
    return Promise.resolve({ loss: null, accuracy: new Map(accuracy) });
  }

  end(): Recording {
    return this;
  }
}

/** @returns stimuli × units */
function sideBySide(units: readonly Uint8Array[], rows: number): Matrix<Float32Array> {
  const data = new Float32Array(rows * units.length);
  for (const [unit, values] of units.entries())
    for (let row = 0; row < rows; row++) data[row * units.length + unit] = values[row];
  return { rows, cols: units.length, data };
}
