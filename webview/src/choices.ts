import type { Replicate } from '../../src/core/replicate';
import type { Welcome } from '../../src/protocol/dashboard';
import { own } from '../../src/protocol/own';
import { initialSheet, restoredSheet, type Sheet } from './sheet';

/** What the user chooses for all panels. */
interface CommonChoices extends Replicate {
  tab: string;
  layer: string;
  /** Null: the newest. */
  step: number | null;
  /** Stimuli that are marked in every panel. */
  selected: number[];
}

/** What is kept as choices are, without a panel being drawn by it. */
export interface Kept {
  /** When the comparison was asked for that was last brought to the front. */
  comparedAt: number;
  /** When the list of hazards was asked for that was last brought to the front. */
  hazardsAt: number;
  /** Figures whose table the user has opened, and those whose table he has closed. */
  tablesOpen: string[];
  tablesClosed: string[];
  /** How pictures are written into files. */
  sheet: Sheet;
  /** Report: light or dark, where the reader chose it. */
  theme: string;
}

/** Everything that the user chooses, by name; kept by the host. Each is checked against what there is when it is used. */
export type Chosen = CommonChoices & Readonly<Record<string, unknown>>;
export type Change = Partial<CommonChoices> & Readonly<Record<string, unknown>>;

const initialCommon: CommonChoices = {
  tab: 'overview',
  source: '',
  point: 0,
  seed: 0,
  layer: '',
  step: null,
  selected: [],
};

const initialKept: Kept = {
  comparedAt: 0,
  hazardsAt: 0,
  tablesOpen: [],
  tablesClosed: [],
  sheet: initialSheet,
  theme: '',
};

/** What is chosen at first. */
export function initialChoices(
  panels: readonly { choices: Readonly<Record<string, { initial: unknown }>> }[],
): Chosen {
  const own = panels.flatMap(({ choices }) =>
    Object.entries(choices).map(([name, { initial }]) => [name, initial] as const),
  );
  return { ...Object.fromEntries(own), ...initialCommon };
}

/** What choices were called in pages that may still be open. */
const formerNames: Readonly<Record<string, string>> = { network: 'source' };

/** Takes from what was stored what has the right type. */
export function restoredChoices<C extends object>(stored: unknown, initial: C): C {
  const choices = { ...initial } as Record<string, unknown>;
  if (typeof stored === 'object' && stored !== null)
    for (const [former, value] of Object.entries(stored)) {
      const name = own(formerNames, former) ?? former;
      if (Object.hasOwn(initial, name) && fits(name, value, choices[name])) choices[name] = value;
    }
  return choices as C;
}

export function restoredKept(stored: unknown): Kept {
  const kept = restoredChoices(stored, initialKept);
  return { ...kept, sheet: restoredSheet(kept.sheet) };
}

function fits(name: string, value: unknown, initial: unknown): boolean {
  if (name === 'step') return value === null || typeof value === 'number';
  if (!Array.isArray(initial)) return typeof value === typeof initial;
  const item = name === 'selected' ? Number.isInteger : (one: unknown) => typeof one === 'string';
  return Array.isArray(value) && value.every(item);
}

/** Whether a comparison, or the list of hazards, was just asked for: it comes to the front, once. */
export function justAsked(
  kept: Kept,
  { beside, hazardsAt = 0 }: Pick<Welcome, 'beside' | 'hazardsAt'>,
): { comparison: boolean; hazards: boolean } {
  return {
    comparison: beside !== undefined && beside.at !== kept.comparedAt,
    hazards: hazardsAt !== kept.hazardsAt && hazardsAt !== 0,
  };
}
