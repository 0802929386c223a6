import { doneReplicates, findingsOf } from '../../../src/analysis/findings';
import { capital } from '../../../src/formats/in-sentence';
import { labelNames } from '../../../src/formats/label-names';
import { placeOf } from '../../../src/core/values';
import { probeChance, probeMeasureName } from '../../../src/protocol/probe-words';
import type { ReplicateInfo } from '../../../src/protocol/results';
import { heatmapChart } from '../charts/heatmap';
import { onePanel } from '../charts/one-panel';
import type { Axis, LegendEntry, Line, Picture } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { measuresNamed } from '../says';
import { shortEpoch } from '../selectors';
import { meanOf, sharedBy, timeOf } from './time-axis';
import { labelsOf, type ProbesLook, theProbe } from './probes-look';
import { chanceLook } from './probes-picture';

type Checkpoint = ReplicateInfo['checkpoints'][number];

/** The number of a replicate at a checkpoint. @param fitted the step that the probe was fitted at, where that is another */
type Read = (
  label: { label: string; isReal: boolean },
  seed: number,
  step: number,
  fitted?: number,
) => number | null;

function reader({ view, network, kind }: ProbesLook): Read {
  const { values } = findingsOf(view.results);
  const { point } = view.replicate;
  return ({ label, isReal }, seed, step, fitted) =>
    values.at({
      measure: probeMeasureName(kind, fitted === undefined ? 'score' : 'transfer', isReal),
      ...placeOf({ source: network.name, point, seed }),
      ...{ checkpoint: String(step), site: view.layer, label },
      ...(fitted === undefined ? {} : { part: String(fitted) }),
    })?.value ?? null;
}

/** What a layer says of each label over training; undefined where that was not probed. */
export function overTraining(look: ProbesLook): FigureContent | undefined {
  const { view, network, kind } = look;
  const { results, replicate, layer } = view;
  const done = doneReplicates(network, replicate.point);
  const labels = labelsOf(look);
  const read = reader(look);
  const shared = sharedBy(done);
  const isProbed = labels.some((one) =>
    done.some(({ seed, checkpoints }) => checkpoints.some(({ step }) => read(one, seed, step) !== null)),
  );
  if (!isProbed || shared.length < 2) return undefined;
  const names = labelNames(results.labels);
  const curves = labels.map((one) => ({ ...one, name: names.get(one.label) ?? one.label }));
  return {
    chart: pictureChart(() => coursePicture(look, curves, done, shared)),
    description: `What ${theProbe(look)} decodes from ${layer} over ${plural(shared.length, 'checkpoint')}.`,
    caption: `${network.name}, ${layer}: what ${theProbe(look)} decodes at each checkpoint, fitted anew at each. Thin lines: each of ${plural(done.length, 'replicate')}; thick lines: their mean. Epoch 0 (the initial weights) stands at the left end of the logarithmic axis.`,
    table: {
      columns: ['seed', 'step', 'epoch', ...curves.map(({ name }) => name)],
      rows: done.flatMap(({ seed, checkpoints }) =>
        checkpoints.map(({ step, epoch }) => [
          ...[seed, step, epoch],
          ...labels.map((one) => read(one, seed, step)),
        ]),
      ),
    },
    says: measuresNamed(
      results,
      ...new Set(labels.map(({ isReal }) => probeMeasureName(kind, 'score', isReal))),
    ),
  };
}

type Curve = ReturnType<typeof labelsOf>[number] & { readonly name: string };

/** A curve of each label: of each replicate, and their mean. */
function coursePicture(
  look: ProbesLook,
  curves: readonly Curve[],
  done: readonly ReplicateInfo[],
  shared: readonly Checkpoint[],
): Picture {
  const read = reader(look);
  const time = timeOf(done, true);
  const lines = curves.flatMap((one, at): Line[] => {
    const own = { kind: 'line', name: one.name, colour: { classes: at } } as const;
    const single = done.map(({ seed, checkpoints }): Line => {
      const points = checkpoints.map(({ step, epoch }) => ({
        ...{ x: time.x(epoch), y: read(one, seed, step) },
        note: `seed ${seed}, epoch ${shortEpoch(epoch)}`,
      }));
      return { ...own, width: 1, opacity: 0.8, points };
    });
    const mean = shared.map(({ epoch, step }) => ({
      ...{ x: time.x(epoch), y: meanOf(done.map(({ seed }) => read(one, seed, step))) },
      note: `mean, epoch ${shortEpoch(epoch)}`,
    }));
    return [...single, { ...own, width: 2.5, shape: 'disc', points: mean }];
  });
  const low = Math.min(0, ...lines.flatMap(({ points }) => points.map(({ y }) => y ?? 0)));
  const titles = new Set(curves.map(({ isReal }) => (isReal ? 'R²' : 'balanced accuracy')));
  const title = `${capital([...titles].join(' or '))}, ${look.view.layer}`;
  const y = { title, range: [Math.max(-1, low) - 0.02, 1.02] as const };
  const entries = curves.map(({ name }, at): LegendEntry => ({
    name,
    colour: { classes: at },
    shape: 'disc',
  }));
  return onePanel(
    [{ x: time.axis, y, height: 200, marks: [...chanceLines(look, curves, time.axis), ...lines] }],
    {
      legend: [{ entries: [...entries, { name: 'chance', ...chanceLook }] }],
    },
  );
}

/** The levels of chance of all labels, each once. */
function chanceLines({ view, network }: ProbesLook, curves: readonly Curve[], { range }: Axis): Line[] {
  const findings = findingsOf(view.results);
  const levels = curves.map(({ label }) => {
    const { point } = view.replicate;
    return findings.mean(network.name, probeChance, { point, site: view.layer, label })?.mean ?? null;
  });
  return [...new Set(levels)].flatMap((y): Line[] =>
    y === null
      ? []
      : [
          {
            ...{ kind: 'line', name: 'chance', ...chanceLook, width: 1.5 },
            points: range.map((x) => ({ x, y, note: 'chance' })),
          },
        ],
  );
}

/** The probe of each checkpoint at every other, label by label; none where that was not asked for. */
export function transfers(look: ProbesLook): { label: string; content: FigureContent }[] {
  const { view, network, kind } = look;
  const { results, replicate, layer } = view;
  const done = doneReplicates(network, replicate.point);
  const shared = sharedBy(done);
  const read = reader(look);
  const names = labelNames(results.labels);
  return labelsOf(look).flatMap((one) => {
    const values = shared.map((fitted) =>
      shared.map((at) => meanOf(done.map(({ seed }) => read(one, seed, at.step, fitted.step)))),
    );
    if (values.every((row) => row.every((value) => value === null))) return [];
    const label = names.get(one.label) ?? one.label;
    const epochs = shared.map(({ epoch }) => shortEpoch(epoch));
    const content: FigureContent = {
      chart: heatmapChart({
        ...{ values, range: one.isReal ? [-1, 1] : [0, 1], diverging: true },
        measure: one.isReal ? 'R²' : 'balanced accuracy',
        columns: { title: 'Scored at epoch', names: epochs },
        rows: { names: epochs.map((epoch) => `fitted at ${epoch}`) },
        pair: (row, column) =>
          `fitted at epoch ${epochs[row] ?? ''}, scored at epoch ${epochs[column] ?? ''}`,
        written: true,
      }),
      description: `Probes of ${label} at ${plural(shared.length, 'checkpoint')}, each scored at all.`,
      caption: `${network.name}, ${layer}: ${theProbe(look)} of ${label}, fitted at one checkpoint and scored at another, on the same fresh stimuli; means over ${plural(done.length, 'replicate')}. On the diagonal each at its own. Where a row falls off, the label has moved in the layer, or its scale or offset has: what is decoded at one moment may not be readable by who learned at another.`,
      table: {
        columns: ['fitted at', ...epochs.map((epoch) => `scored at ${epoch}`)],
        rows: shared.map(({ epoch }, row) => [epoch, ...(values[row] ?? [])]),
      },
      says: measuresNamed(results, probeMeasureName(kind, 'transfer', one.isReal)),
    };
    return [{ label, content }];
  });
}
