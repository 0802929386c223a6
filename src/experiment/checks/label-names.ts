import type { Experiment } from '../experiment';
import { quote } from '../names';
import type { Problems } from '../problems';

/** Results name bits `h[0]`, so nothing else may be called that. */
export function checkLabelNames(experiment: Experiment, problems: Problems): void {
  const widths = new Map(
    experiment.stimuli.features.filter(({ kind }) => kind === 'bits').map(({ name, width }) => [name, width]),
  );
  const check = (name: string, path: string[]): void => {
    const match = /^(.*)\[(\d{1,4})\]$/su.exec(name);
    if (!match || Number(match[2]) >= (widths.get(match[1]) ?? 0)) return;
    const message = `${quote(name)} is the name of a bit of ${quote(match[1])}. Choose another name.`;
    problems.error('shared-name', message, problems.document.keySpan(path));
  };
  for (const { name } of experiment.stimuli.features) check(name, ['stimuli', 'features', name]);
  for (const { name } of experiment.tasks) check(name, ['tasks', name]);
}
