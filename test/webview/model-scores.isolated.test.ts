import { describe, expect, it } from 'vitest';
import type { ModelScores } from '../../src/protocol/model-scores';
import { modelScoresPicture } from '../../webview/src/charts/model-scores';
import type { Boxes, Points } from '../../webview/src/charts/picture';
import { modelScoresSvg } from '../../webview/src/figures';

const model = (name: string, value: number | null, above: number | null, below: number | null) => ({
  name,
  value,
  bySubject: value === null ? [null, null] : [value - 0.05, value + 0.05],
  low: value === null ? null : value - 0.1,
  high: value === null ? null : value + 0.1,
  aboveZero: { corrected: above },
  ceiling: { corrected: below },
});
const scores: ModelScores = {
  measure: 'Pearson’s r',
  subjects: 2,
  models: [
    model('<right> & "wrong"', 0.6, 0.001, 0.04),
    model('half', 0.3, 0.2, 0.01),
    model('none', null, null, null),
  ],
  ceiling: { lower: 0.5, upper: 0.8 },
  differences: [
    { first: '<right> & "wrong"', second: 'half', corrected: 0.02 },
    { first: 'half', second: 'none', corrected: null },
  ],
  level: 0.05,
  tests: 'FDR',
  confidence: 0.95,
};

describe('the figure of model comparison', () => {
  const plots = modelScoresPicture(scores).panels[0]?.plots ?? [];
  const [above, bars] = plots;

  it('has bars, the band of the noise ceiling, and a line for each two models that differ', () => {
    const [band, models] = (bars?.marks ?? []).filter((mark): mark is Boxes => mark.kind === 'boxes');
    expect(band?.boxes[0]?.y).toEqual([0.5, 0.8]);
    expect(models?.boxes.map(({ y }) => y)).toEqual([
      [0, 0.6],
      [0, 0.3],
      [0, 0],
    ]);
    expect(above?.marks).toHaveLength(1);
    expect(models?.says?.(2)).toEqual(['none', 'no value']);
  });

  it('marks what is above 0, and below the lower ceiling alone: not what is above it', () => {
    const points = (bars?.marks ?? []).filter((mark): mark is Points => mark.kind === 'points');
    const [single, positive, below] = points;
    expect(single?.x).toHaveLength(4);
    expect(positive?.x).toEqual([0]);
    expect(below?.x).toEqual([1]);
  });

  it('is an SVG file without a page, names as they are', () => {
    const file = modelScoresSvg(scores, 'A title', 'made <here>');
    expect(file).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="560"/);
    expect(file).toContain('<title>A title</title>\n<desc>made &lt;here&gt;</desc>');
    expect(file).toContain('>&lt;right&gt; &amp; &quot;wrong&quot;</text>');
    expect(file).not.toMatch(/NaN|undefined/);
    expect(modelScoresSvg(scores, 'A title', 'made <here>')).toBe(file);
  });

  it('has no band without a ceiling', () => {
    const alone = modelScoresPicture({ ...scores, ceiling: { lower: null, upper: null } });
    const marks = alone.panels[0]?.plots.at(-1)?.marks ?? [];
    expect(marks.filter(({ kind }) => kind === 'boxes')).toHaveLength(1);
  });
});
