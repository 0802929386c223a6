import { measureSays } from '../../src/formats/measure-says';
import { own } from '../../src/protocol/own';
import type { MeasureInfo, Results } from '../../src/protocol/results';
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
      element.hidden = measures.length === 0;
      if (measures.length === shown.length && measures.every((one, at) => one === shown[at])) return;
      shown = measures;
      const titles = measures.map(({ title }) => title);
      const named = [titles.slice(0, -1).join(', '), ...titles.slice(-1)].filter((text) => text !== '');
      summary.textContent = `What ${named.join(' and ')} mean${titles.length > 1 ? '' : 's'}`;
      // One is named over it.
      const heading = ({ title }: MeasureInfo) => (measures.length > 1 ? [h('h3', {}, title)] : []);
      body.replaceChildren(...measures.map((one) => h('div', {}, ...heading(one), saysList(one))));
    },
  };
}

/** What the measures of these names say, as far as results have them. */
export function measuresNamed({ measures }: Pick<Results, 'measures'>, ...names: string[]): MeasureInfo[] {
  return names.flatMap((name) => own(measures, name) ?? []);
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
