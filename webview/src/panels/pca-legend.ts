import type { LabelColumn } from '../labels';

/** What a colour, or a shape, stands for. */
export interface Look {
  name: string;
  /** Null: of no colour in particular. */
  colour: number | null;
  mark: number;
}

/** One entry for each colour and one for each shape, not one for each pair of them. */
export function legendOf(colourBy: LabelColumn | undefined, symbolBy: LabelColumn | undefined): Look[] {
  const both = colourBy !== undefined && colourBy === symbolBy;
  const shapes = both ? [] : (symbolBy?.classes ?? []);
  return [
    ...(colourBy?.classes ?? []).map((name, value) => ({
      name: `${colourBy?.name ?? ''}: ${name}`,
      colour: value,
      mark: both ? value : 0,
    })),
    ...shapes.map((name, value) => ({ name: `${symbolBy?.name ?? ''}: ${name}`, colour: null, mark: value })),
  ];
}
