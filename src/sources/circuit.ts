import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { effectiveTask } from '../experiment/effective';
import { truths } from '../experiment/evaluate';
import type { Experiment, Network, SetName, Task } from '../experiment/experiment';
import type { Expression } from '../experiment/expression';
import type { CircuitSpec } from '../experiment/file';
import { parseAt, resolveAt } from '../experiment/formula/read-formula';
import type { SpecPlace } from '../experiment/network-kind';
import { quote } from '../experiment/names';
import type { Draft } from '../experiment/structure';
import { readTask } from '../experiment/tasks';
import { layersOf } from '../protocol/layers';
import type { EngineInfo } from '../protocol/results';
import { columnsOf, taskLabels } from '../stimuli/task-label';
import { outputUnits } from '../training/layout';
import type { MakeContext, NetworkKind, Recording, Source } from './source';

interface Circuit extends Network {
  /** By layer. */
  readonly gates: readonly (readonly Expression[])[];
  /** What it answers, one for each of its tasks: the task itself, where the file says nothing else. */
  readonly answers: readonly Task[];
}

type GateDraft = Draft<CircuitSpec['circuit']>;
type Formulas = { readonly formula: string; readonly path: readonly (string | number)[] }[];

/** Networks that are built by hand: gates that are formulas of features, and what they answer. */
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
    const { gates = [], out } = draftOf(spec);
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
    const units = [...layers.map((layer) => layer.length), outputUnits(tasks)];
    return {
      gates: layers,
      answers: out ? answers.flatMap((answer) => answer ?? []) : tasks,
      sites: layersOf(layers.length).map((layer, index) => ({ ...layer, units: units[index] })),
      parameters: 0,
      activation: 'gates',
      isFixed: true,
    };
  },
  source: (experiment, network) => new CircuitSource(experiment, network),
};

function draftOf(spec: object): GateDraft {
  return (spec as Draft<CircuitSpec>).circuit ?? {};
}

/** The gates by layer, those without problems. */
function gatesOf(
  gates: Parameters<typeof layersIn>[0],
  { path, formulas, problems }: SpecPlace,
): Expression[][] {
  return layersIn(gates, path).map((layer) =>
    layer.flatMap(({ formula, path: at }) => {
      const syntax = parseAt(formula, at, problems);
      return (syntax && resolveAt(syntax, formulas, 'the formula of this gate', at, problems)) ?? [];
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
    const { name, tasks, gates, answers } = this.network;
    return { name, tasks, gates, answers: answers.map(effectiveTask) };
  }

  /** What it answers is no matter of weights: of tasks, all that balance the stimuli, and those that it is scored on. */
  key(_: Replicate, engine: EngineInfo): object {
    const { stimuli, tasks } = this.experiment;
    return { kind: 'circuit', engine, stimuli, tasks: tasks.map(effectiveTask), network: this.effective };
  }

  make(replicate: Replicate, context: MakeContext): Promise<{ recording: Recording; reused: boolean }> {
    return Promise.resolve({ recording: this.soFar(replicate, context), reused: false });
  }

  soFar(replicate: Replicate, context: MakeContext): Recording {
    return new CircuitRecording(this.network, replicate, context);
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
