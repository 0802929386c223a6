import { keptPoint, type Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { stream } from '../core/stream';
import type { Experiment, Network, Stack, Task } from '../experiment/experiment';
import { quote } from '../experiment/names';
import type { ChangeReader } from '../experiment/network-kind';
import type { EngineInfo } from '../protocol/results';
import type { Checkpoint, TrainingObserver } from '../training/engine';
import type { Before, Change } from './changes/change';
import { changes } from './changes/changes';
import { layersOf, type Program } from './program';
import type { ChangedAs, ChangeMade, KeptFiles, MakeContext, NetworkKind } from './source';
import { type Stage, StackRecording } from './stack-recording';
import { shapeOf, stack, type StackSource } from './trained';

/** A network of the file with a change made to it. */
type Changed = Network &
  Stack & {
    readonly of: string;
    /** As its kind has read it. */
    readonly change: unknown;
    /** Units of its hidden layers without the copies, and those that nothing reads, that changes have added. */
    readonly least: readonly number[];
    /** Whether states of its layers are changed, and not weights alone. */
    readonly isEdited: boolean;
  };

/** How the file says changes. */
export const changeReaders: readonly ChangeReader[] = changes.map((change) => ({
  key: change.key,
  read: (entry, scope) => {
    const { network, path, problems, inputUnits } = scope;
    if (!isStack(network)) {
      const message = `Network ${quote(network.name)} has no weights to be changed: it is built by hand. Name one that is trained.`;
      problems.at([...path.slice(0, -1), 'of'], 'not-trained', message);
      return null;
    }
    const { hidden, sites, ...before } = network;
    const { least = hidden, isEdited = false } = before as Partial<Changed>;
    if (isEdited && change.ofWeights) {
      const message = `The states of ${quote(network.name)} are changed, which '${change.key}' does not know of: it changes weights. Make it of the network first, and the other change of that.`;
      problems.error('odd-setting', message, problems.document.keySpan(path));
      return null;
    }
    const read = change.read(entry, { ...scope, network, least });
    if (read === null) return null;
    const units = change.hidden?.(read, hidden) ?? hidden;
    const outputs = sites[sites.length - 1].units;
    return {
      ...before,
      hidden: units,
      ...shapeOf(units, inputUnits, outputs),
      change: read,
      least,
      isEdited: isEdited || !change.ofWeights,
      // Of states that are put in place of others there is no gradient.
      ...(isEdited || !change.ofWeights ? { further: [] } : {}),
    };
  },
}));

function isStack(network: Network): network is Network & Stack {
  return 'hidden' in network;
}

/** Networks that are changed: of all changes, as each has read it. */
export const changedKinds: readonly Pick<NetworkKind<Changed>, 'key' | 'source'>[] = changes.map(
  ({ key }) => ({ key, source: (experiment, network) => new ChangedSource(experiment, network) }),
);

/** Nothing is trained or kept of it: it takes the weights of the network that it is a change of. */
class ChangedSource implements StackSource {
  readonly cost = { steps: 0, seconds: 0 };
  private readonly from: StackSource;
  private readonly change: Change;

  constructor(
    experiment: Experiment,
    readonly network: Changed,
  ) {
    const before = experiment.networks.find(({ name }) => name === network.of);
    const change = changes.find(({ key }) => key === network.kind);
    if (!before || !isStack(before) || !change)
      throw new Error(`There is nothing that ${network.name} is of.`);
    this.change = change;
    this.from =
      before.of === undefined
        ? stack.source(experiment, before)
        : new ChangedSource(experiment, before as Changed);
  }

  get name(): string {
    return this.network.name;
  }

  get tasks(): readonly Task[] {
    return this.from.tasks;
  }

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  get madeFrom(): string {
    return this.from.madeFrom ?? this.from.name;
  }

  get effective(): object {
    const { name, of, kind, change } = this.network;
    return { name, of, kind, change };
  }

  key(replicate: Replicate, engine: EngineInfo): object {
    return {
      kind: 'change',
      of: this.from.key({ ...replicate, source: this.from.name }, engine),
      network: this.effective,
    };
  }

  async make(
    replicate: Replicate,
    context: MakeContext,
    kept: KeptFiles,
    observer: TrainingObserver,
  ): ReturnType<StackSource['make']> {
    const before = { ...replicate, source: this.from.name };
    const { recording, reused } = await this.from.make(before, context, kept, observer);
    return { recording: this.changed(recording, replicate, context), reused };
  }

  soFar(replicate: Replicate, context: MakeContext, checkpoints: readonly Checkpoint[]): StackRecording {
    const before = { ...replicate, source: this.from.name };
    return this.changed(this.from.soFar(before, context, checkpoints), replicate, context);
  }

  private changed(before: StackRecording, replicate: Replicate, context: MakeContext): StackRecording {
    const { network, change } = this;
    const doses = change.doses?.(network.change) ?? [];
    const as = { dose: doses.at(-1) ?? 0, draw: null };
    const stages = before.stages.map((stage): Stage => {
      let made: Promise<Program> | undefined;
      return { ...stage, program: () => (made ??= this.program(stage, as, replicate, context)) };
    });
    return new StackRecording(
      this,
      replicate,
      context,
      stages,
      this.made(before.stages, doses, replicate, context),
    );
  }

  /** What can be asked of the change at the end of training. */
  private made(
    stages: readonly Stage[],
    doses: readonly number[],
    replicate: Replicate,
    { engine, sets }: MakeContext,
  ): ChangeMade {
    const { network, change, tasks } = this;
    const end = stages[stages.length - 1];
    let last: { of: string; program: Promise<Program> } | undefined;
    return {
      kind: network.kind,
      tasks,
      layers: change.layers(network.change, network.hidden.length),
      doses,
      draws: change.draws?.(network.change) ?? 0,
      before: async (set) => layersOf(engine, await end.program(), sets[set]),
      at: async ({ untrained = false, ...as }, set) => {
        const of = JSON.stringify([untrained, as]);
        if (last?.of !== of)
          last = { of, program: this.program(untrained ? stages[0] : end, as, replicate, { engine, sets }) };
        return layersOf(engine, await last.program, sets[set]);
      },
      moved: (dose, set) => change.moved?.(network.change, dose, sets[set]) ?? null,
    };
  }

  private async program(
    stage: Stage,
    as: Pick<ChangedAs, 'dose' | 'draw'>,
    replicate: Replicate,
    { engine, sets }: MakeContext,
  ): Promise<Program> {
    const { network, change } = this;
    const program = await stage.program();
    const before: Before = {
      program,
      sets,
      fit: () => layersOf(engine, program, sets.fit),
      stream: (...name) =>
        stream('change', network.name, ...Object.values(keptPoint(replicate)), replicate.seed, ...name),
    };
    return change.program(network.change, before, as);
  }
}
