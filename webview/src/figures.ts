import type { FigureMaker, ModelScores } from '../../src/protocol/model-scores';
import { layOut } from './charts/layout';
import { modelScoresPicture } from './charts/model-scores';
import { paint } from './charts/paint';
import { measureText } from './charts/pen';
import { SvgTextPen } from './charts/svg-text-pen';
import { printTheme } from './theme';

// Figures as files, for the command line: there is no page, and so no canvas to measure letters on.

const font = 'Helvetica, Arial, sans-serif';

/** Widths of the characters from the blank on, in thousandths of the size: of Helvetica (Adobe's font metrics), as of Arial. */
const widths = [
  ...[278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278],
  ...[556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556],
  ...[1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778],
  ...[667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556],
  ...[333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556],
  ...[556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584],
];

measureText((text, _font, size, bold) => {
  let sum = 0;
  for (const character of text) sum += widths[(character.codePointAt(0) ?? 0) - 32] ?? 600;
  return ((bold ? 1.06 : 1) * sum * size) / 1000;
});

/** Room of a bar, and of what is beside all. */
const EACH = 62;
const BESIDE = 130;

export const modelScoresSvg: FigureMaker['modelScoresSvg'] = (
  scores: ModelScores,
  title: string,
  description: string,
) => {
  const picture = modelScoresPicture(scores);
  const theme = printTheme({ font });
  const page = Math.max(560, BESIDE + EACH * scores.models.length);
  const layout = layOut(picture, theme, page, true);
  const pen = new SvgTextPen();
  pen.fill(0, 0, layout.width, layout.height, theme.background);
  paint(pen, picture, layout, theme);
  return pen.file(layout, font, title, description);
};
