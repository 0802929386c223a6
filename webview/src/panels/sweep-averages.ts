import { findingsOf } from '../../../src/analysis/findings';
import type { Interval, Results } from '../../../src/protocol/results';
import { settingNames } from '../../../src/protocol/setting-text';
import { intervalCell } from '../cell';
import { pictureChart } from '../charts/picture-chart';
import { sweepPicture } from '../charts/sweep-picture';
import type { FigureContent } from '../figure-content';
import { type Read, stepsOf, type SweptMeasure } from './sweep-rows';

/** Of fewer settings the small pictures of single points say it all. */
const LEAST = 3;

/**
 * A measure against each setting, averaged over all values of the others (the main effects of a factorial design); undefined where fewer than three settings vary, or the measure is of pairs of networks.
 * Of each replicate the mean over points is taken first, so that intervals are over replicates.
 */
export function averages(whole: Results, asked: SweptMeasure): FigureContent | undefined {
  const { sweep, rows, varied, info, title: shown, measure, isPair } = asked;
  if (varied.length < LEAST || isPair) return undefined;
  const names = settingNames(sweep.settings);
  const findings = findingsOf(whole);
  const over = (read: Read, points: readonly number[], of: string): Interval | null => {
    const found = points.map((point) => read(point));
    return (
      findings.average(
        found.flatMap((one) => (one && 'pairs' in one ? [] : [one])),
        of,
      ) ?? null
    );
  };
  const panels = [...new Set(rows.map(({ panel }) => panel))].flatMap((title) =>
    varied.map((setting) => {
      const steps = stepsOf(sweep, setting);
      const at = steps.map((step) =>
        sweep.points.flatMap(({ values }, point) => (values[setting] === step ? [point] : [])),
      );
      const series = rows
        .filter(({ panel }) => panel === title)
        .map(({ name, colour, read, accuracy }) => ({
          ...{ name, colour, chance: steps.map(() => null) },
          measured: at.map((points) => over(read, points, measure)),
          accuracy: accuracy ? at.map((points) => over(accuracy, points, 'accuracy')) : null,
        }));
      return { title, note: '', setting: names[setting] ?? '', steps, series };
    }),
  );
  return {
    title: `${info.title} against each setting`,
    chart: pictureChart(() =>
      sweepPicture({ panels, measure: shown, names: [...new Set(rows.map(({ name }) => name))] }),
    ),
    description: `${shown} against each of ${varied.map((at) => names[at]).join(', ')}, means over the others.`,
    caption: `${shown} against each setting by itself: means over all values of the others, with ${Math.round(100 * whole.confidence)} % intervals over replicates (of each the mean over points); small dots: each replicate. Points at which a task is not computed are among them: see the accuracy.`,
    table: {
      columns: ['setting', 'value', 'network', 'label', info.title],
      rows: panels.flatMap(({ title, setting, steps, series }) =>
        steps.flatMap((step, at) =>
          series.map(({ name, measured }) => [
            setting,
            step,
            title,
            name,
            intervalCell(measured[at] ?? undefined),
          ]),
        ),
      ),
    },
  };
}
