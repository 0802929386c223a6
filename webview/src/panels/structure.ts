import { metricNames } from '../../../src/protocol/measure-names';
import {
  type StructureDetail,
  type StructureMethod,
  type StructureWish,
  mostMapped,
} from '../../../src/protocol/structure';
import { replicateLabel } from '../../../src/core/replicate';
import { defined } from '../defined';
import type { FigureContent } from '../figure-content';
import { scatterChart } from '../charts/scatter';
import { selectedOf } from '../labels';
import { percent, plural, shown as number } from '../number';
import {
  type Answers,
  figure,
  type Hands,
  type Option,
  type Panel,
  type Query,
  type View,
  withoutPicture,
} from '../panel';
import { noReplicate, replicateIn, replicateQueries, type ShownReplicate } from './one-replicate';
import { isDiscrete, labelOptions, NONE, taskColumns } from './pca-choices';
import { thumbOf } from '../thumb';
import { legendOf } from './pca-legend';
import { type Mapped, mappedOf } from './structure-items';
import { facts, linearName, startName, startsOf, shepardOf } from './structure-figures';

const MAP = 'Map';
const STARTS = 'The same from other starts';
const SHEPARD = 'Shepard diagram';
const KEPT = 'What the maps keep';

type Chosen = {
  mapMethod: StructureMethod;
  mapItems: StructureWish['items'];
  mapDistances: StructureWish['distances'];
  mapNeighbours: number;
  mapMost: number;
  colour: string;
  symbol: string;
};

const methods: readonly (Option<StructureMethod> & { says: string })[] = [
  {
    value: 'nonmetric',
    label: 'Non-metric MDS',
    says: 'The order of distances is kept as far as a plane can: read which are near and which are far, by the stress.',
  },
  {
    value: 'classical',
    label: 'Classical MDS',
    says: 'Distances are kept as far as a plane can (Torgerson): of Euclidean ones it is the first two principal components.',
  },
  {
    value: 'tsne',
    label: 't-SNE',
    says: 'Distances are not evidence: t-SNE keeps neighbourhoods alone. How large groups are, how far apart and where they lie, and groups in noise come from the perplexity and the start.',
  },
  {
    value: 'umap',
    label: 'UMAP',
    says: 'Distances are not evidence: UMAP keeps neighbourhoods alone. How dense groups are, how far apart and where they lie come from the number of neighbours, random draws and the start.',
  },
];

const neighbourCounts = [5, 10, 15, 30, 50];
const mostCounts = [128, 256, 512, mostMapped];

/** Maps of a layer's stimuli, or conditions, on a plane, and what of the layer they keep. */
export const structurePanel: Panel<Chosen> = {
  id: 'structure',
  title: 'Structure',
  follows: ['replicate', 'layer', 'checkpoint'],
  ofReplicate: true,
  choices: {
    mapMethod: {
      initial: 'nonmetric',
      label: 'Method',
      options: (_, view) =>
        canMap(view) ? methods.map(({ says, ...option }) => ({ ...option, hint: says })) : [],
    },
    mapItems: {
      initial: 'stimuli',
      label: 'Of',
      options: (answers, view) => {
        const shown = mappable(answers, view);
        const count = shown?.layer.rdm.metric === null ? 0 : (shown?.stimuli.conditions.counts.length ?? 0);
        return [
          { value: 'stimuli', label: 'stimuli' },
          ...(count < 3 ? [] : [{ value: 'conditions', label: 'condition means' } as const]),
        ];
      },
    },
    mapDistances: {
      initial: 'euclidean',
      label: 'Distances',
      options: (answers, view) => {
        const metric = mappable(answers, view)?.layer.rdm.metric ?? 'euclidean';
        if (metric === 'euclidean') return [];
        return [
          { value: 'euclidean', label: 'Euclidean', hint: 'As principal components have them' },
          { value: 'rdm', label: metricNames[metric], hint: 'As the RDMs of the experiment have them' },
        ];
      },
    },
    mapNeighbours: {
      initial: 15,
      label: 'Neighbours',
      hint: 'Perplexity of t-SNE; neighbours of UMAP, the point itself counted',
      options: (_, view, { mapMethod }) =>
        canMap(view) && hasNeighbours({ mapMethod })
          ? neighbourCounts.map((value) => ({ value, label: String(value), byDefault: value === 15 }))
          : [],
    },
    mapMost: {
      initial: 256,
      label: 'Stimuli',
      hint: 'At most so many, as many of each condition as there are: time grows with their square',
      options: (answers, view, { mapItems }) => {
        const count = mappable(answers, view)?.stimuli.count ?? 0;
        return mapItems === 'conditions' || count <= (mostCounts[0] ?? 0)
          ? []
          : mostCounts
              .filter((_, at) => at === 0 || (mostCounts[at - 1] ?? 0) < count)
              .map((value) => ({ value, label: String(Math.min(value, count)), byDefault: value === 256 }));
      },
    },
    colour: {
      initial: '',
      label: 'Colour',
      options: (answers, view, c) => {
        const columns = mapped(answers, view, c)?.columns ?? [];
        return [{ value: NONE, label: 'none' }, ...labelOptions(columns, taskColumns(columns)[0])];
      },
    },
    symbol: {
      initial: '',
      label: 'Shape',
      options: (answers, view, c) => {
        const columns = (mapped(answers, view, c)?.columns ?? []).filter(isDiscrete);
        return [{ value: NONE, label: 'none' }, ...labelOptions(columns, taskColumns(columns)[1])];
      },
    },
  },
  wants(answers, view, c) {
    if (!canMap(view)) return [];
    const shown = mappable(answers, view);
    return [...replicateQueries(view, 'pca'), ...(shown === null ? [] : [queryOf(shown, c)])];
  },
  draw(answers, view, c, hands) {
    if (!canMap(view)) return [{ block: 'note', text: notHere }];
    const shown = mappable(answers, view);
    if (shown === null) return [{ block: 'note', text: noReplicate(view) }];
    const query = queryOf(shown, c);
    const detail = answers.of(query);
    if (detail === undefined) {
      const failure = answers.failure(query);
      const why = failure === undefined ? 'The map is being computed …' : `There is no map: ${failure}`;
      return [figure(MAP, withoutPicture(`${shown.name}. ${why}`))];
    }
    const { found, missing } = detail;
    if (found === undefined) return [figure(MAP, withoutPicture(`${shown.name}. ${missing ?? ''}`))];
    const of = mappedOf(shown, detail, c);
    return [
      figure(MAP, mapOf({ view, shown, detail, found, of, c }, hands)),
      {
        block: 'row',
        as: 'pair',
        of: [
          ...(found.maps.length > 1 ? [figure(STARTS, startsOf(shown, found, of))] : []),
          figure(SHEPARD, shepardOf(shown, found, distanceName(shown, c))),
        ],
      },
      figure(KEPT, keptOf(shown, found)),
    ];
  },
};

/** Said where nobody computes maps: in reports. */
const notHere =
  'Maps of stimuli are computed when they are asked for, which a report cannot do: open the experiment in VS Code and choose Structure there, or write one with “repscope structure”.';

function canMap({ capabilities }: View): boolean {
  return capabilities.structure === true;
}

/** What is mapped, where maps can be had. */
function mappable(answers: Answers, view: View): ShownReplicate | null {
  return canMap(view) ? replicateIn(answers, view, 'pca') : null;
}

function hasNeighbours({ mapMethod }: Pick<Chosen, 'mapMethod'>): boolean {
  return mapMethod === 'tsne' || mapMethod === 'umap';
}

/** What is drawn, as far as it is known before its map has come. */
function mapped(answers: Answers, view: View, c: Chosen): Pick<Mapped, 'columns'> | null {
  const shown = mappable(answers, view);
  return shown === null ? null : mappedOf(shown, { items: new Uint32Array() }, c);
}

function queryOf({ detail, layer, stimuli }: ShownReplicate, c: Chosen): Query<'structure'> {
  const { source, point, seed, step } = detail;
  return {
    kind: 'structure',
    place: { source, point, seed, step, layer: layer.name },
    parameters: {
      method: c.mapMethod,
      items: c.mapItems,
      distances: c.mapDistances,
      // Scaling has none, and is computed once whatever stands there.
      neighbours: hasNeighbours(c) ? c.mapNeighbours : 2,
      most: Math.max(3, Math.min(c.mapMost, stimuli.count, mostMapped)),
    },
    late: true,
  };
}

function distanceName({ layer }: ShownReplicate, { mapDistances }: Chosen): string {
  const { metric } = layer.rdm;
  return metric === null ? 'distance' : metricNames[mapDistances === 'rdm' ? metric : 'euclidean'];
}

interface Drawn {
  view: View;
  shown: ShownReplicate;
  detail: StructureDetail;
  found: NonNullable<StructureDetail['found']>;
  of: Mapped;
  c: Chosen;
}

function mapOf({ view, shown, detail, found, of, c }: Drawn, { choose, sight }: Hands): FigureContent {
  const [map] = found.maps;
  if (map === undefined) return withoutPicture(shown.name);
  const selected = selectedOf(view.selected, shown.stimuli.count);
  const marked = of.items.flatMap((members, at) =>
    members.every((stimulus) => selected.includes(stimulus)) ? [at] : [],
  );
  const all = (points: readonly number[]): number[] => points.flatMap((at) => of.items[at] ?? []);
  const measure =
    of.colourBy !== undefined && of.colourBy.classes === null
      ? { title: of.colourBy.name, values: of.colourBy.values }
      : undefined;
  const spread = found.spread;
  const method = methods.find(({ value }) => value === c.mapMethod);
  return {
    of: shown.name,
    title: `${method?.label ?? ''} of ${plural(of.items.length, of.one, of.many)}`,
    chart: scatterChart(
      {
        ...{ x: map.x, y: map.y, colour: of.colour, shape: of.shape },
        xTitle: 'Dimension 1',
        yTitle: 'Dimension 2',
        equal: true,
        legend: legendOf(of.colourBy, of.symbolBy),
        ...defined({ measure }),
        selected: marked,
        nameOf: (at) =>
          spread === null
            ? of.nameOf(at)
            : `${of.nameOf(at)}, spread ${number(spread[at], true)} of the radius`,
        thumb: (at) => thumbOf(shown.stimuli, of.items[at]?.[0] ?? 0),
      },
      {
        drag: 'lasso',
        sight: sight(
          [replicateLabel(view.replicate), shown.layer.name, JSON.stringify(queryOf(shown, c))].join(),
        ),
        clicked: (at) => {
          const own = all([at]);
          const others = selected.filter((stimulus) => !own.includes(stimulus));
          choose({ selected: marked.includes(at) ? others : [...others, ...own] });
        },
        enclosed: (points) => choose({ selected: all(points) }),
      },
      (width) => Math.min(460, Math.max(300, 0.72 * width)),
    ),
    description: `${plural(of.items.length, of.one, of.many)}, coloured by ${of.colourBy?.name ?? 'nothing'}.`,
    caption: `${shown.name}. ${method?.says ?? ''} ${facts(found, of, shown)} From ${distanceName(shown, c)}s${partOf(shown, detail, c)}; the axes themselves mean nothing.`,
    table: {
      columns: [of.one, ...of.columns.map(({ name }) => name), 'dimension 1', 'dimension 2', 'spread'],
      rows: of.items.map((_, at) => [
        of.keyOf(at),
        ...of.columns.map((column) => of.valueOf(column, at)),
        map.x[at] ?? null,
        map.y[at] ?? null,
        spread?.[at] ?? null,
      ]),
    },
  };
}

/** How many of all are mapped. */
function partOf({ stimuli }: ShownReplicate, { items, without }: StructureDetail, c: Chosen): string {
  const none = without === 0 ? '' : `; ${without} without a defined distance are left out`;
  if (c.mapItems === 'conditions') return ` between condition means${none}`;
  const all = stimuli.count.toLocaleString('en');
  return items.length + without < stimuli.count
    ? ` between ${items.length} of ${all} test stimuli, as many of each condition as there are${none}`
    : ` between all ${all} test stimuli${none}`;
}

/** The numbers of each map, beside those of the first two components. */
function keptOf(
  { name, layer }: ShownReplicate,
  found: NonNullable<StructureDetail['found']>,
): FigureContent {
  const { maps, components, judged } = found;
  const best = maps[0];
  const said = (value: number | null): string => (value === null ? '–' : percent(value));
  return {
    of: name,
    chart: null,
    tableOpen: true,
    description: `Trustworthiness ${said(best?.trustworthiness ?? null)}, continuity ${said(best?.continuity ?? null)}.`,
    caption: `Trustworthiness: how far the ${plural(judged, 'nearest neighbour')} of a point in the map are near in the layer, too; continuity: how far those in the layer are near in the map (Venna and Kaski 2001); 1 is all, and a map at random has about a half. Stress 1: how far the map’s distances are from the order of the layer’s (Kruskal 1964). Divergence: what t-SNE lessens, in nats.`,
    table: {
      columns: ['map', 'trustworthiness', 'continuity', 'stress 1', 'divergence'],
      rows: [
        [linearName(layer), components.trustworthiness, components.continuity, null, null],
        ...maps.map((map, at) => [
          startName(map, at),
          map.trustworthiness,
          map.continuity,
          map.stress,
          map.divergence,
        ]),
      ],
    },
  };
}
