import { prepareDesigns } from '../analysis/variance-explained-layers';
import type { Label } from '../core/label';
import type { Analyses } from '../experiment/experiment';
import type { StimuliPart } from '../measures/site-view';
import type { StimulusSets } from '../stimuli/draw-stimuli';
import { allLabels, labelNamed, type StimulusSet } from '../stimuli/stimulus-set';

/** The parts of the stimuli that `analyses.variance` asks for, in the order of the label's values: those that have any. */
export function varianceParts(
  { fit, test }: StimulusSets,
  { part, labels }: NonNullable<Analyses['varianceParts']>,
): StimuliPart[] {
  const label = labelNamed(test, part);
  return label.classes.flatMap((name, value): StimuliPart[] => {
    const [ofFit, ofTest] = [fit, test].map((set) => rowsWith(set, part, value));
    if (ofTest.length === 0) return [];
    const [fitLabels, testLabels] = (
      [
        [fit, ofFit],
        [test, ofTest],
      ] as const
    ).map(([set, rows]) =>
      allLabels(set)
        .filter((one) => labels.includes(one.name))
        .map((one) => some(one, rows)),
    );
    return [
      {
        ...{ name, fit: ofFit, test: ofTest },
        designs: prepareDesigns(fitLabels, testLabels, [ofFit.length, ofTest.length]),
      },
    ];
  });
}

function rowsWith(set: StimulusSet, label: string, value: number): Uint32Array {
  const { values } = labelNamed(set, label);
  return Uint32Array.from(values.keys()).filter((row) => values[row] === value);
}

function some(label: Label, rows: Uint32Array): Label {
  const { width, values } = label;
  const own = new Float32Array(rows.length * width);
  for (const [to, row] of rows.entries())
    own.set(values.subarray(row * width, (row + 1) * width), to * width);
  return { ...label, values: own };
}
