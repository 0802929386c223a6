import { measureSays } from '../../src/formats/measure-says';
import type { MeasureInfo } from '../../src/protocol/results';
import { h } from './dom';

/** What measures say of themselves, closed until somebody asks; by keyboard, too. */
export function saysOf() {
  const summary = h('summary');
  const body = h('div');
  const element = h('details', { class: 'says' }, summary, body);
  let shown: readonly MeasureInfo[] = [];
  return {
    element,
    show(measures: readonly MeasureInfo[]): void {
      if (measures.length === shown.length && measures.every((one, at) => one === shown[at])) return;
      shown = measures;
      summary.textContent = `What ${measures.map(({ title }) => title).join(' and ')} mean${measures.length > 1 ? '' : 's'}`;
      body.replaceChildren(...measures.map((one) => h('div', {}, h('h3', {}, one.title), saysList(one))));
    },
  };
}

/** What one measure says, under its headings. */
export function saysList(info: MeasureInfo): HTMLElement {
  return h(
    'dl',
    { class: 'says-list' },
    ...measureSays(info).flatMap(([heading, text]) => [h('dt', {}, heading), h('dd', {}, text)]),
  );
}

/** The same for where there is room for a text alone: over a name that is pointed at. */
export function saysText(info: MeasureInfo): string {
  return [info.title, ...measureSays(info).map(([heading, text]) => `${heading}: ${text}`)].join('\n');
}
