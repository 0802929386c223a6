import type { StructureDetail } from '../../../src/protocol/structure';
import { rangeOf } from '../charts/extent';
import { onePanel } from '../charts/one-panel';
import type { Picture, Plot } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { percent, plural, shown as number } from '../number';
import type { ShownReplicate } from './one-replicate';
import type { Mapped } from './structure-items';

type Found = NonNullable<StructureDetail['found']>;
type StructureMap = Found['maps'][number];

/** What a map begins at, in words. */
export function startName({ start }: Pick<StructureMap, 'start'>, at: number): string {
  const words = { components: 'from the first two components', classical: 'from classical scaling' };
  return start === 'random' ? `from random places (${at + 1})` : words[start];
}

/** The linear map that others are held against: of RDMs that were brought along there are no components. */
export function linearName({ rdm }: ShownReplicate['layer']): string {
  return rdm.metric === null ? 'classical scaling' : 'the first two principal components';
}

/** What of a layer its map keeps, and how far maps from other starts agree, in sentences. */
export function facts(found: Found, { many }: Pick<Mapped, 'many'>, { layer }: ShownReplicate): string {
  const { maps, components, judged, shared, spread, rankCorrelation } = found;
  const [map] = maps;
  if (map === undefined) return '';
  const share = (value: number | null): string => (value === null ? '–' : number(value, true));
  const kept =
    map.trustworthiness === null
      ? `There are too few ${many} to judge neighbourhoods by.`
      : `Trustworthiness ${share(map.trustworthiness)}, continuity ${share(map.continuity)} over ${plural(judged, 'neighbour')}; of ${linearName(layer)} ${share(components.trustworthiness)} and ${share(components.continuity)}.`;
  const stress = ` Stress 1 ${number(map.stress, true)}${rankCorrelation === null ? '' : `; its distances correlate with those of the layer at ${number(rankCorrelation, true)} (Spearman)`}.`;
  if (spread === null) return kept + stress;
  const middle = [...spread].sort((a, b) => a - b)[Math.floor(spread.length / 2)] ?? 0;
  const agreement =
    shared === null
      ? ''
      : ` two of them share ${percent(shared)} of a point’s ${judged === 1 ? '' : `${judged} `}nearest, and`;
  return `${kept}${stress} Over ${maps.length} starts${agreement} a point lies ${percent(middle)} of the map’s radius from its mean place (median).`;
}

/** The maps from other starts, turned onto the first, in small. */
export function startsOf({ name }: ShownReplicate, { maps }: Found, of: Mapped): FigureContent {
  const others = maps.slice(1);
  return {
    of: name,
    chart: pictureChart(() => startsPicture(others, of)),
    description: `${others.length} maps of the same from other starts.`,
    caption:
      'The same distances, laid out from other starts and turned, mirrored and scaled onto the map above. What differs between them is no property of the layer.',
    table: {
      columns: [of.one, ...others.flatMap((_, at) => [`x ${at + 2}`, `y ${at + 2}`])],
      rows: of.items.map((_, item) => [
        of.keyOf(item),
        ...others.flatMap(({ x, y }) => [x[item] ?? null, y[item] ?? null]),
      ]),
    },
  };
}

function startsPicture(maps: readonly StructureMap[], of: Mapped): Picture {
  const { colourBy } = of;
  const values = colourBy !== undefined && colourBy.classes === null ? { values: colourBy.values } : {};
  const range = colourBy === undefined ? [0, 1] : rangeOf(colourBy.values);
  return {
    panels: maps.map((map, at) => {
      const plot: Plot = {
        x: { title: '', range: rangeOf(map.x), ticks: [] },
        y: { title: '', range: rangeOf(map.y), ticks: [] },
        height: 150,
        equal: true,
        marks: [
          {
            kind: 'points',
            ...{ x: map.x, y: map.y, colour: of.colour, shape: of.shape },
            ...values,
            radius: 2,
            opacity: 0.75,
            says: (point) => [of.nameOf(point), startName(map, at + 1)],
          },
        ],
      };
      const fit =
        map.divergence === null
          ? `stress ${number(map.stress, true)}`
          : `${number(map.divergence, true)} nats`;
      return {
        title: map.start === 'random' ? `start ${at + 2}` : map.start,
        note: fit,
        plots: [plot],
      };
    }),
    panelWidth: { least: 150, most: 260 },
    ...('values' in values && colourBy !== undefined
      ? {
          scale: {
            range: [range[0] ?? 0, range[1] ?? 1] as const,
            diverging: false,
            measure: colourBy.name,
            undefinedValues: colourBy.values.some(Number.isNaN),
          },
        }
      : {}),
  };
}

/** Distances of the map against those of the layer, and the nearest that follow their order. */
export function shepardOf(
  { name }: ShownReplicate,
  { shepard, maps }: Found,
  distance: string,
): FigureContent {
  const { dissimilarity, distance: own, fitted } = shepard;
  const some = `${own.length.toLocaleString('en')} pairs`;
  return {
    of: name,
    chart: pictureChart(() => {
      const plot: Plot = {
        x: {
          title: `${distance.charAt(0).toUpperCase()}${distance.slice(1)} in the layer`,
          range: rangeOf(dissimilarity),
        },
        y: { title: 'Distance in the map', range: rangeOf(own) },
        height: 260,
        marks: [
          {
            kind: 'points',
            ...{ x: dissimilarity, y: own },
            colour: { classes: 0 },
            shape: 'disc',
            radius: 2,
            opacity: 0.4,
            says: (at) => [
              `in the layer ${number(dissimilarity[at], true)}, in the map ${number(own[at], true)}`,
            ],
          },
          {
            kind: 'line',
            name: 'nearest in order',
            colour: 'foreground',
            width: 2,
            halo: 4,
            points: Array.from(fitted, (y, at) => ({ x: dissimilarity[at] ?? NaN, y })),
          },
        ],
      };
      const entries = [
        { name: 'pair', colour: { classes: 0 }, shape: 'disc' as const },
        { name: 'nearest that follow the order', colour: 'foreground' as const, dash: [] },
      ];
      return onePanel([plot], { legend: [{ entries }] });
    }),
    description: `${some}; stress 1 ${number(maps[0]?.stress, true)}.`,
    caption: `${some}, evenly spread over the order of their distances. The nearer the points to the line, the better the map keeps that order; a flat line is order that the map does not show.`,
    table: {
      columns: [`${distance} in the layer`, 'distance in the map', 'nearest in order'],
      rows: Array.from(own, (value, at) => [dissimilarity[at] ?? null, value, fitted[at] ?? null]),
    },
  };
}
