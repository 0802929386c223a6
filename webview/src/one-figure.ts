import type { Block, Choices, Panel, View } from './panel';
import type { Chosen } from './choices';

/** The panel of a figure. */
export function onlyPanel(panels: readonly Panel[], id: string): [Panel] {
  const found = panels.find((panel) => panel.id === id);
  if (found === undefined) throw new Error(`There is no panel “${id}” to show a figure of.`);
  return [found];
}

/** What a panel says of one of its figures alone: the figure and what its measures are, or why it is not there. */
export function onlyFigure(blocks: readonly Block[], name: string): Block[] {
  const flat = (block: Block): Block[] => (block.block === 'row' ? block.of.flatMap(flat) : [block]);
  const all = blocks.flatMap(flat);
  const found = all.find((block) => block.block === 'figure' && block.name === name);
  if (found !== undefined) return [found, ...all.filter((block) => block.block === 'says' && block.of(name))];
  const text = `“${name}” is not among what there is with these choices. It comes back with other choices, or with results that have it.`;
  return [{ block: 'note', text, spoken: true }, ...all.filter(({ block }) => block === 'note')];
}

/** Those of a panel's choices that change one figure, in one bar. */
export function choicesOfFigure<C extends object>(choices: Choices<C>, name: string): Choices<C> {
  const own = Object.entries<Choices<C>[keyof C]>(choices)
    .filter(([, choice]) => choice.changes?.(name) !== false)
    .map(([key, choice]) => [key, { ...choice, bar: undefined }] as const);
  return Object.fromEntries(own) as Choices<C>;
}

/** What a place is chosen by, in the user's words. */
const places = { source: 'network', point: 'point', seed: 'seed', layer: 'layer' } as const;

/** What was chosen of replicate and layer and is not there (any longer), in a sentence: something else is shown in its place. */
export function goneOf(
  chosen: Pick<Chosen, keyof typeof places>,
  { replicate, layer }: Pick<View, 'replicate' | 'layer'>,
  follows: readonly string[],
): string[] {
  const shown = { ...replicate, layer };
  const parts = Object.entries(places) as [keyof typeof places, string][];
  const [gone] = parts.filter(
    ([part]) => follows.includes(part) && chosen[part] !== '' && chosen[part] !== shown[part],
  );
  if (gone === undefined) return [];
  const [part, word] = gone;
  return [`There is no ${word} ${chosen[part]} among what is shown: this is of ${shown[part]}.`];
}
