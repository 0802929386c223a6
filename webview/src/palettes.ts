/** Colours that carry data. */
export interface Palette {
  /** For classes, networks and tasks: Okabe and Ito's colours, made darker or lighter until they stand out 3 : 1. */
  categorical: readonly string[];
  /** From low to high, perceptually uniform (viridis). */
  sequential: readonly string[];
  /** From negative over the true zero to positive, in equal steps of lightness (CIE L*); tells apart with any colour vision. */
  diverging: readonly string[];
  /** Where a value is undefined. */
  undefinedValue: string;
}

const viridis = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];

export const palettes: Record<'light' | 'dark', Palette> = {
  light: {
    categorical: ['#0072b2', '#d55e00', '#00875f', '#aa4a85', '#2b87bd', '#a86e00', '#7d7400', '#444444'],
    sequential: viridis,
    diverging: [
      '#053061',
      '#1d5ea1',
      '#5493c4',
      '#9cc6df',
      '#f7f7f7',
      '#f8b091',
      '#dd6c50',
      '#b41e2d',
      '#67001f',
    ],
    undefinedValue: '#c4c4c4',
  },
  dark: {
    categorical: ['#56b4e9', '#e69f00', '#2bc79a', '#e29bc4', '#5a8ff2', '#ff8a50', '#f0e442', '#dddddd'],
    sequential: viridis,
    diverging: [
      '#b3e0ff',
      '#5aafef',
      '#357cb9',
      '#274e70',
      '#232323',
      '#6c4123',
      '#af662a',
      '#e99446',
      '#fbd3a5',
    ],
    undefinedValue: '#565656',
  },
};

/** Networks have other colours than tasks, as both are seen side by side: these of the categorical ones, the most different first. */
const ofNetworks = [3, 6, 7, 2, 5, 4, 1, 0];

/** The colour of the network at this place among those of an experiment. */
export function networkColour({ categorical }: Palette, at: number): string {
  return categorical[ofNetworks[at % ofNetworks.length] ?? 0] ?? '';
}

/** Evenly spaced stops, as Plotly wants them. */
export function colourScale(colours: readonly string[]): [number, string][] {
  return colours.map((colour, i) => [i / (colours.length - 1), colour]);
}
