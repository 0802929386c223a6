import { h, type ComponentChild } from 'preact';
import { measureSays } from '../../src/formats/measure-says';
import { own } from '../../src/protocol/own';
import type { MeasureInfo, Results } from '../../src/protocol/results';
import { v } from './view';

/** What measures say of themselves, closed until somebody asks; by keyboard, too. */
export function Says({ measures }: { measures: readonly MeasureInfo[] }): ComponentChild {
  if (measures.length === 0) return null;
  const titles = measures.map(({ title }) => title);
  const named = [titles.slice(0, -1).join(', '), ...titles.slice(-1)].filter((text) => text !== '');
  const several = titles.length > 1;
  return v(
    'details',
    { class: 'says' },
    v('summary', {}, `What ${named.join(' and ')} mean${several ? '' : 's'}`),
    // One is named over it.
    ...measures.map((info) => v('div', {}, several ? v('h3', {}, info.title) : null, h(SaysList, { info }))),
  );
}

/** What the measures of these names say, as far as results have them. */
export function measuresNamed({ measures }: Pick<Results, 'measures'>, ...names: string[]): MeasureInfo[] {
  return names.flatMap((name) => own(measures, name) ?? []);
}

/** What one measure says, under its headings. */
export function SaysList({ info }: { info: MeasureInfo }): ComponentChild {
  return v(
    'dl',
    { class: 'says-list' },
    ...measureSays(info).flatMap(([heading, text]) => [v('dt', {}, heading), v('dd', {}, text)]),
  );
}

/** What is said over names of columns that show these measures: all of one, of several what each is. */
export function saysOfAll(infos: readonly MeasureInfo[]): string {
  const [first, ...others] = infos;
  return first !== undefined && others.length === 0
    ? saysText(first)
    : infos.map(({ title, meaning }) => `${title}: ${meaning}`).join('\n');
}

/** The same for where there is room for a text alone: over a name that is pointed at. */
export function saysText(info: MeasureInfo): string {
  return [info.title, ...measureSays(info).map(([heading, text]) => `${heading}: ${text}`)].join('\n');
}
