/** The editor's theme, as far as a picture of ours needs it: a picture cannot see the editor's colours. */
export type ThemeKind = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

interface ChartColours {
  readonly text: string;
  readonly axis: string;
  readonly grid: string;
  /** Series, in order. Told apart by their marks, too. */
  readonly series: readonly string[];
  /** Which of these networks take, in order: others than tasks, as far as there are. */
  readonly networks: readonly number[];
}

const networks = [3, 4, 5, 2, 1, 0];

/** Okabe and Ito's colours, darkened or lightened to stand out from the hover's background. */
export const CHART_COLOURS: Readonly<Record<ThemeKind, ChartColours>> = {
  light: {
    text: '#3b3b3b',
    axis: '#6e6e6e',
    grid: '#dcdcdc',
    series: ['#0060a0', '#b84500', '#00735a', '#9c4a7c', '#7a5c00', '#3b3b3b'],
    networks,
  },
  dark: {
    text: '#cccccc',
    axis: '#9d9d9d',
    grid: '#454545',
    series: ['#56b4e9', '#e69f00', '#3fc9a0', '#e08fc0', '#f0e442', '#d4d4d4'],
    networks,
  },
  highContrast: {
    text: '#ffffff',
    axis: '#ffffff',
    grid: '#6f6f6f',
    series: ['#7cc8ff', '#ffb53d', '#4ce0b3', '#ff9ed8', '#fff35c', '#ffffff'],
    networks,
  },
  highContrastLight: {
    text: '#000000',
    axis: '#000000',
    grid: '#767676',
    series: ['#004a80', '#8f3500', '#005744', '#77305c', '#5c4500', '#000000'],
    networks,
  },
};
