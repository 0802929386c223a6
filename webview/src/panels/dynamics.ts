import type { CheckpointResults, NetworkResults } from '../../../src/protocol/results';
import { axis, plain, plotlyChart, type Picture, type Trace } from '../charts/plotly';
import { dropdown } from '../controls';
import { h } from '../dom';
import { Figure } from '../figure';
import { plural } from '../number';
import type { Bench, Panel, View } from '../panel';
import type { Table } from '../table';
import type { Theme } from '../theme';

type Read = (checkpoint: CheckpointResults) => number | null;

/** One curve of each replicate and their mean. */
interface Curve {
  label: string;
  read: Read;
}

/** How a network came to be what it is: accuracy, variance explained and loss over training. */
export function dynamicsPanel(bench: Bench): Panel {
  const time = dropdown('Time axis', (value) => bench.choose({ time: value }));
  const labels = dropdown('Labels', (value) => bench.choose({ labels: value }));
  const figure = new Figure('Training', bench);
  return {
    id: 'dynamics',
    title: 'Dynamics',
    element: h('div', {}, h('div', { class: 'bar' }, time.element, labels.element), figure.element),
    follows: ['network', 'seed', 'layer', 'checkpoint'],
    needsDetail: false,
    redraw: () => figure.redraw(),
    update({ results, choices, layer, offers }: View) {
      const network = results.networks.find(({ name }) => name === choices.network) ?? results.networks[0];
      if (network === undefined) return;
      const log = choices.time !== 'linear';
      time.show(
        [
          { value: 'log', label: 'logarithmic' },
          { value: 'linear', label: 'linear' },
        ],
        log ? 'log' : 'linear',
      );
      const all = choices.labels === 'all';
      labels.show(
        [
          { value: 'tasks', label: 'Tasks' },
          { value: 'all', label: 'Tasks and features' },
        ],
        all ? 'all' : 'tasks',
      );
      const offer = offers.find((one) => one.network === network.name && one.seed === choices.seed);
      const at = offer?.checkpoints.find(({ step }) => step === choices.step) ?? offer?.checkpoints.at(-1);
      const done = network.replicates.filter(({ status }) => status === 'done');
      const steps = new Set(done.flatMap(({ checkpoints }) => checkpoints.map(({ step }) => step)));
      const tasks = results.labels.filter(({ source }) => source === 'task').map(({ name }) => name);
      const features = results.labels.filter(({ source }) => source === 'feature').map(({ name }) => name);
      const names = all ? [...tasks, ...features] : tasks;
      const accuracy = names
        .filter((name) => network.tasks.includes(name))
        .map((label): Curve => ({ label, read: (at) => at.accuracy[label] ?? null }));
      const share = names.map((label): Curve => ({
        label,
        read: (at) => at.layers.find(({ name }) => name === layer)?.varianceExplained[label] ?? null,
      }));
      const loss: Curve[] = [{ label: 'loss', read: (at) => at.loss }];
      const colourOf = (label: string): number => (label === 'loss' ? -1 : names.indexOf(label));
      figure.show({
        chart:
          steps.size < 2
            ? null
            : plotlyChart(
                620,
                (theme) =>
                  picture(network, layer, accuracy, share, loss, colourOf, log, at?.epoch ?? null, theme),
                {
                  clicked: ({ customdata }) => {
                    const last = offer?.checkpoints.at(-1)?.step;
                    if (offer?.checkpoints.some(({ step }) => step === customdata) === true)
                      bench.choose({ step: customdata === last ? null : (customdata as number) });
                  },
                },
              ),
        description: `Accuracy, variance explained in ${layer} and loss over ${plural(steps.size, 'checkpoint')}.`,
        caption:
          steps.size < 2
            ? `${network.name} has ${plural(steps.size, 'checkpoint')}: there is no course of training to draw.`
            : `${network.name}, ${layer}. Thin lines: each of ${plural(done.length, 'replicate')}; thick lines: their mean, where all have the checkpoint. On the test stimuli, at ${plural(steps.size, 'checkpoint')}.${log ? ' Epoch 0 (the initial weights) stands at the left end of the logarithmic axis.' : ''} A click on a point goes to that checkpoint.${notTrained(network, tasks)}`,
        table: table(network, layer, names),
      });
    },
  };
}

/** Why a task has no line of accuracy. */
function notTrained({ tasks: own }: NetworkResults, tasks: readonly string[]): string {
  const others = tasks.filter((task) => !own.includes(task));
  return others.length === 0 ? '' : ` Not trained on ${others.join(', ')}: no accuracy there.`;
}

function picture(
  network: NetworkResults,
  layer: string,
  accuracy: Curve[],
  share: Curve[],
  loss: Curve[],
  colourOf: (label: string) => number,
  log: boolean,
  marked: number | null,
  theme: Theme,
): Picture {
  const done = network.replicates.filter(({ status }) => status === 'done');
  const epochs = [...new Set(done.flatMap(({ checkpoints }) => checkpoints.map(({ epoch }) => epoch)))].sort(
    (a, b) => a - b,
  );
  const stepAt = (epoch: number): number =>
    done[0]?.checkpoints.find((one) => one.epoch === epoch)?.step ?? -1;
  const first = epochs.find((epoch) => epoch > 0) ?? 1;
  const zero = first / 2;
  const x = (epoch: number): number => (log && epoch === 0 ? zero : epoch);
  const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash'] as const;

  const traces = (curves: Curve[], yaxis: 'y' | 'y2' | 'y3'): Trace[] =>
    curves.flatMap((curve) => {
      const at = colourOf(curve.label);
      const colour =
        at < 0 ? theme.foreground : (theme.categorical[at % theme.categorical.length] ?? theme.foreground);
      const dash = dashes[Math.max(0, at) % dashes.length] ?? 'solid';
      const common = { type: 'scatter' as const, yaxis, xaxis: 'x' as const, legendgroup: curve.label };
      const thin = done.map((replicate): Trace => ({
        ...common,
        mode: 'lines',
        name: plain(`${curve.label}, seed ${replicate.seed}`),
        showlegend: false,
        opacity: 0.45,
        line: { color: colour, width: 1, dash },
        customdata: replicate.checkpoints.map(({ step }) => step),
        x: replicate.checkpoints.map(({ epoch }) => x(epoch)),
        y: replicate.checkpoints.map(curve.read),
        text: replicate.checkpoints.map(({ epoch }) => `epoch ${round(epoch)}`),
        hovertemplate: '%{text}: %{y:.3f}',
      }));
      const shared = epochs.filter((epoch) =>
        done.every(({ checkpoints }) => checkpoints.some((one) => one.epoch === epoch)),
      );
      const mean: Trace = {
        ...common,
        mode: 'lines+markers',
        name: plain(curve.label === 'loss' ? 'loss' : curve.label),
        showlegend: yaxis === 'y2' || curve.label === 'loss',
        line: { color: colour, width: 2.5, dash },
        marker: { color: colour, size: 5 },
        customdata: shared.map((epoch) => stepAt(epoch)),
        x: shared.map(x),
        y: shared.map((epoch) =>
          meanOf(
            done
              .map(({ checkpoints }) => checkpoints.find((one) => one.epoch === epoch))
              .map((one) => (one === undefined ? null : curve.read(one))),
          ),
        ),
        text: shared.map((epoch) => `mean, epoch ${round(epoch)}`),
        hovertemplate: '%{text}: %{y:.3f}',
      };
      return [...thin, mean];
    });

  const ticks = log ? logTicks(zero, epochs) : {};
  return {
    traces: [...traces(accuracy, 'y'), ...traces(share, 'y2'), ...traces(loss, 'y3')],
    layout: {
      shapes:
        marked === null
          ? []
          : [
              {
                type: 'line',
                xref: 'x',
                yref: 'paper',
                x0: x(marked),
                x1: x(marked),
                y0: 0,
                y1: 1,
                line: { color: theme.foreground, width: 1.5, dash: 'dot' },
              },
            ],
      xaxis: {
        ...axis(theme, 'Epoch'),
        anchor: 'y3',
        type: log ? 'log' : 'linear',
        zeroline: false,
        ...ticks,
      },
      yaxis: {
        ...axis(theme, 'Accuracy'),
        domain: [0.7, 1],
        range: [Math.min(0.4, lowest(done, accuracy)), 1.02],
      },
      yaxis2: {
        ...axis(theme, plain(`Variance explained, ${layer}`)),
        domain: [0.27, 0.64],
        range: [Math.min(-0.02, lowest(done, share)), 1.02],
      },
      yaxis3: { ...axis(theme, 'Loss'), domain: [0, 0.2], rangemode: 'tozero' },
    },
  };
}

function lowest(done: NetworkResults['replicates'], curves: readonly Curve[]): number {
  const values = done.flatMap(({ checkpoints }) =>
    checkpoints.flatMap((at) => curves.map(({ read }) => read(at) ?? 1)),
  );
  return Math.max(-1, Math.min(1, ...values) - 0.05);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

function logTicks(zero: number, epochs: readonly number[]) {
  const last = epochs[epochs.length - 1] ?? 1;
  const decades: number[] = [];
  for (let power = Math.ceil(Math.log10(zero * 1.5)); 10 ** power <= last * 1.001; power++) {
    decades.push(10 ** power, 2 * 10 ** power, 5 * 10 ** power);
  }
  const shownTicks = decades.filter((value) => value <= last * 1.001);
  const atZero = epochs[0] === 0;
  return {
    tickmode: 'array' as const,
    tickvals: [...(atZero ? [zero] : []), ...shownTicks],
    ticktext: [...(atZero ? ['0'] : []), ...shownTicks.map((value) => String(round(value)))],
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function table(network: NetworkResults, layer: string, names: readonly string[]): Table {
  const tasks = names.filter((name) => network.tasks.includes(name));
  return {
    columns: [
      'seed',
      'step',
      'epoch',
      'loss',
      ...tasks.map((task) => `accuracy ${task}`),
      ...names.map((name) => `variance explained ${name}`),
    ],
    rows: network.replicates.flatMap(({ seed, checkpoints }) =>
      checkpoints.map((at) => [
        seed,
        at.step,
        at.epoch,
        at.loss,
        ...tasks.map((task) => at.accuracy[task] ?? null),
        ...names.map((name) => at.layers.find((one) => one.name === layer)?.varianceExplained[name] ?? null),
      ]),
    ),
  };
}
