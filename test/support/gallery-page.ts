import type { Interval, Results } from '../../src/protocol/results';
import { shown, shownInterval } from '../../webview/src/number';
import { type GalleryFigure, type Judged, judge, meanOf } from '../gallery/figure';
import type { BesideRow } from '../gallery/beside-pytorch';
import { examplePath } from './gallery';

export { keptResults } from '../../src/protocol/kept-results';
export { figureNamed, figureNames } from './gallery';

/** A figure with what its whole file showed. */
export interface Shown {
  readonly figure: GalleryFigure;
  readonly title: string;
  readonly judged: readonly Judged[];
  /** Files of its pictures, as pages of the gallery name them. */
  readonly pictures: readonly string[];
  /** The page, in Markdown. */
  readonly page: string;
}

/** What is known of a figure beside its results, where it is. */
interface Beside {
  /** Of a processor, that an analysis from nothing took. */
  readonly seconds?: number | undefined;
  /** What a recipe that is independent of RepScope printed. */
  readonly recipe?: string | undefined;
}

export function shownFigure(
  figure: GalleryFigure,
  results: Results,
  pictures: readonly string[],
  { seconds, recipe }: Beside,
): Shown {
  const judged = figure.effects(results).map(judge);
  const { title } = results;
  return {
    figure,
    title,
    judged,
    pictures,
    page: pageOf(figure, results, judged, pictures, { seconds, recipe }),
  };
}

/** The page that is sent to a colleague: every figure with its question and its answer. */
export function galleryPage(all: readonly Shown[]): string {
  const byNumber = all.toSorted(
    (a, b) => a.figure.number - b.figure.number || a.title.localeCompare(b.title),
  );
  return paragraphs([
    '# Gallery',
    'What small networks represent, and when the picture misleads: figures of the field, each from one experiment file that anybody can run. Every number below comes from a real run of the file beside it; every claim is a statistic over replicates with its interval, and `npm run gallery` fails where one does not hold. Where a published effect does not appear under its recipe, the page says so, with the numbers.',
    'Open one in VS Code from _Examples_ (RepScope’s side bar), or on a command line: `repscope analyze examples/NAME.experiment.json`. It trains on this machine, in a minute or two, and the same file and version give the same numbers on every machine.',
    table(
      ['', 'question', 'what the run says'],
      byNumber.map(({ figure: { example, question }, title, judged, pictures }) => [
        pictures.length === 0
          ? `[${plain(title)}](${example}.md)`
          : `<a href="${example}.md"><img src="${pictures[0]}" width="220" alt="${attribute(title)}"></a>`,
        `**[${plain(title)}](${example}.md)**<br>${plain(question)}`,
        answerOf(judged),
      ]),
    ),
    'Numbers: mean over replicates with its 95 % interval (Student’s t). Made by `npm run gallery`; what is to be changed here is changed in the definitions (`test/gallery`) or the examples.',
  ]);
}

function pageOf(
  figure: GalleryFigure,
  results: Results,
  judged: readonly Judged[],
  pictures: readonly string[],
  { seconds, recipe }: Beside,
): string {
  const path = examplePath(figure.example);
  const numbers = figure.numbers?.(results) ?? [];
  return paragraphs([
    `# ${plain(results.title)}`,
    `**${plain(figure.question)}**`,
    `After ${plain(figure.source)}. The file: [${path}](../../${path}).`,
    ...(figure.recipe === undefined
      ? []
      : [`**By another recipe than the source’s.** ${plain(figure.recipe)}`]),
    ...figure.pictures.flatMap(({ caption }, at) => [
      `![${attribute(caption)}](${pictures[at]})`,
      `_${plain(caption)}_`,
    ]),
    '## What was claimed, and what was found',
    table(
      ['claim', 'expected', 'mean [95 % interval]', 'replicates', ''],
      judged.map(({ effect, found, held }) => [
        plain(effect.says),
        effect.expect === 'report' ? 'told only' : `${effect.expect} ${shown(effect.than ?? 0)}`,
        meanText(found) + (effect.unit === undefined ? '' : ` ${effect.unit}`),
        String(found.n),
        held === null ? '' : held ? 'held' : '**not held**',
      ]),
    ),
    ...(numbers.length === 0
      ? []
      : [
          '## Numbers',
          table(
            ['', 'mean [95 % interval]', 'replicates'],
            numbers.map(({ what, values, unit, range }) => [
              plain(what),
              meanText(meanOf(values, range)) + (unit === undefined ? '' : ` ${unit}`),
              String(values.length),
            ]),
          ),
        ]),
    ...(recipe === undefined
      ? []
      : [
          '## Independently',
          `[${figure.example}.py](${figure.example}.py), which has no line of RepScope, prints:`,
          `\`\`\`text\n${recipe.trimEnd()}\n\`\`\``,
        ]),
    'Intervals are Student’s t over replicates, on the scale of the measure ([docs/coverage.md](../coverage.md)); ≈: approximate, of few replicates or near an end of the measure.',
    ...(figure.independent === undefined
      ? []
      : [
          '## An independent program',
          `[${figure.independent.file}](${figure.independent.file}): ${plain(figure.independent.says)}`,
          ...besideTable(figure.independent.beside?.(results) ?? []),
        ]),
    '## What to conclude',
    list(figure.conclude.map(plain)),
    '## What not to conclude',
    list(figure.notConclude.map(plain)),
    '## Hazards that were found',
    hazardsOf(results),
    '## How to open it',
    `In VS Code: _Examples_ in RepScope’s side bar, “${plain(results.title)}”, then _Analyze Representations_. On a command line:`,
    `\`\`\`sh\nrepscope analyze ${path}\n\`\`\``,
    ...(seconds === undefined ? [] : [`It takes about ${coarse(seconds)} seconds of a processor.`]),
  ]);
}

/** Courses of training side by side: shares of right answers by evaluation set and step. */
function besideTable(rows: readonly BesideRow[]): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map(({ set, step, here, there }) => [
    ...[plain(set), String(step)],
    ...[here, there].map((values) => meanText(meanOf(values, 'share'))),
  ]);
  return [table(['evaluation set', 'step', 'RepScope', 'independently'], cells)];
}

/** Each rule once: in a sweep it may speak at every point. */
function hazardsOf({ hazards }: Results): string {
  if (hazards.length === 0) return 'None: no rule speaks of this run.';
  const rules = hazards.filter(({ rule }, at) => hazards.findIndex((one) => one.rule === rule) === at);
  return list(
    rules.map(({ rule, severity, message, advice }) => {
      const more = hazards.filter((one) => one.rule === rule).length - 1;
      const also = more === 0 ? '' : ` (And ${more === 1 ? 'once' : `${more} times`} more in this run.)`;
      return `${severity} ([${rule}](../hazards.md#${rule})): ${plain(message)} ${plain(advice)}${also}`;
    }),
  );
}

/** The first claim: definitions name that first which answers the question. */
function answerOf([first]: readonly Judged[]): string {
  const { effect, found, held } = first;
  const verdict = held === false ? ' **It does not hold.**' : '';
  return `${plain(effect.says)}: ${meanText(found)}${effect.unit === undefined ? '' : ` ${effect.unit}`}, ${found.n === 1 ? 'nothing in it is drawn by chance' : `${found.n} replicates`}.${verdict}`;
}

/** With the power of ten of what is very small. */
function meanText(found: Interval): string {
  const { mean, high, low } = found;
  const greatest = Math.max(...[mean, high, low].map((value) => Math.abs(value ?? 0)));
  return greatest > 0 && greatest < 0.0005 ? `at most ${shown(greatest)}` : shownInterval(found);
}

/** Two digits: what a machine took is no number to rely on. */
function coarse(seconds: number): string {
  return shown(Number(seconds.toPrecision(seconds < 10 ? 1 : 2)));
}

const paragraphs = (parts: readonly string[]): string => `${parts.join('\n\n')}\n`;

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text in Markdown that is read as it stands. */
function plain(said: string): string {
  return said.replaceAll(/[\\`*_<>[\]|~]/g, String.raw`\$&`);
}

const attribute = (said: string): string => plain(said).replaceAll('"', '&quot;');
