import { keptReplicate, type Replicate } from '../core/replicate';
import { END, type Place, placeOf, Values } from '../core/values';
import type {
  Interval,
  MeasureInfo,
  NetworkResults,
  ReplicateInfo,
  Results,
  Value,
} from '../protocol/results';
import { interval, ranges } from './statistics/interval';

/** What numbers are read from. */
type Measured = Pick<Results, 'networks' | 'values' | 'measures' | 'confidence'>;

/**
 * Which number of a measure: the point of the sweep (the first that there is, where none is named), the layer, label and component that it is of; of a pair of layers the
 * earlier one, and the other.
 */
export interface Where {
  readonly point?: number;
  readonly site?: string;
  readonly other?: string;
  readonly label?: string;
  readonly part?: string;
}

/** The number of one replicate, which may be infinite, or the reason why there is none; undefined where nothing was measured. */
type Found = { readonly value: number | null; readonly why?: string } | undefined;

/** The numbers of a run as views, hazards and tables ask for them: at the end of training, or as they were at an epoch. */
export class Findings {
  readonly values: Values;
  readonly #means = new Map<string, Interval | undefined>();

  /** @param epoch each replicate of a trained network at its newest checkpoint up to it; null: at its end */
  constructor(
    private readonly results: Measured,
    private readonly epoch: number | null = null,
  ) {
    this.values = Values.of(results.values);
  }

  /**
   * The mean of a measure over the replicates of a network at a point that are done, with its interval. Infinite values are left out, as undefined
   * ones are.
   *
   * @returns undefined where nothing was measured, in any of them
   */
  mean(network: string, measure: string, where: Where = {}): Interval | undefined {
    const { point, site, label, part, other } = where;
    const key = JSON.stringify([network, point, measure, site, label, part, other]);
    if (!this.#means.has(key)) this.#means.set(key, this.#meanOf(network, measure, where));
    return this.#means.get(key);
  }

  /**
   * The mean over several means of a measure of the same replicates (at several points, say): of each replicate first, so that the interval is over replicates.
   *
   * @returns undefined where one of them lacks replicates that others have
   */
  average(means: readonly (Interval | undefined)[], measure: string): Interval | undefined {
    const each = means.map((one) => one?.values ?? []);
    const count = each[0]?.length ?? 0;
    if (count === 0 || each.some((values) => values.length !== count)) return undefined;
    return this.#interval(
      Array.from({ length: count }, (_, replicate) => {
        const values = each.map((one) => one[replicate]).filter((value) => value !== null);
        const sum = values.reduce((all, value) => all + value, 0);
        return values.length < each.length ? null : sum / values.length;
      }),
      measure,
    );
  }

  at({ source, point, seed }: Replicate, measure: string, where: Omit<Where, 'point'> = {}): Found {
    const of = this.#network(source);
    const replicate = of && replicatesAt(of, point).find((one) => one.seed === seed);
    return replicate && this.values.at(this.#place(of, replicate, measure, where));
  }

  /** Why none of the replicates of a network at a point that are done has a number, as the first says; undefined where one has. */
  whyNone(network: string, measure: string, where: Where = {}): string | undefined {
    const found = this.#ofReplicates(network, measure, where);
    return found.every((one) => one?.value === null) ? found[0]?.why : undefined;
  }

  /** The labels for which a network has a measure (in a layer), at any point, in the order of the table. */
  labels(network: string, measure: string, site?: string): readonly string[] {
    return this.#within(network, (place) => this.values.labels({ ...place, measure, site }));
  }

  /** The components of which it has one. */
  parts(network: string, measure: string, site?: string): readonly string[] {
    return this.#within(network, (place) => this.values.parts({ ...place, measure, site }));
  }

  /** The later layers that it has a layer compared with. */
  others(network: string, measure: string, site?: string): readonly string[] {
    return this.#within(network, (place) => this.values.others({ ...place, measure, site }));
  }

  /** What replicates have together: one may lack components that others have. */
  #within(
    name: string,
    of: (place: Pick<Place, 'source' | 'point' | 'checkpoint'>) => readonly string[],
  ): string[] {
    const network = this.#network(name);
    if (!network) return [];
    const found = pointsOf(network).flatMap((point) => {
      const done = doneReplicates(network, point);
      const checkpoints = new Set(done.map((one) => this.#checkpoint(network, one)));
      return [...checkpoints].flatMap((checkpoint) => of({ source: name, point: String(point), checkpoint }));
    });
    return [...new Set(found)];
  }

  #ofReplicates(name: string, measure: string, { point: wanted, ...where }: Where): Found[] {
    const network = this.#network(name);
    if (!network) return [];
    const point = wanted ?? network.replicates[0]?.point ?? 0;
    return doneReplicates(network, point).map((replicate) =>
      this.values.at(this.#place(network, replicate, measure, where)),
    );
  }

  #meanOf(name: string, measure: string, where: Where): Interval | undefined {
    const found = this.#ofReplicates(name, measure, where);
    if (found.every((one) => one === undefined)) return undefined;
    return this.#interval(
      found.map((one) => one?.value ?? null),
      measure,
    );
  }

  #interval(values: readonly Value[], measure: string): Interval {
    const { measures, confidence } = this.results;
    const info: MeasureInfo | undefined = measures[measure];
    return interval(values, confidence, ranges[info?.range ?? 'unbounded']);
  }

  #place(
    network: NetworkResults,
    replicate: ReplicateInfo,
    measure: string,
    where: Omit<Where, 'point'>,
  ): Place {
    const checkpoint = this.#checkpoint(network, replicate);
    return { measure, ...placeOf(keptReplicate(network.name, replicate)), checkpoint, ...where };
  }

  #checkpoint({ trained }: NetworkResults, { checkpoints }: ReplicateInfo): string {
    const { epoch } = this;
    if (epoch === null || !trained || checkpoints.length === 0) return END;
    return String((checkpoints.findLast((one) => one.epoch <= epoch) ?? checkpoints[0]).step);
  }

  #network(name: string): NetworkResults | undefined {
    return this.results.networks.find((network) => network.name === name);
  }
}

type Replicates = Pick<NetworkResults, 'replicates'>;

/** The replicates of a network that are done; at one point, or at all. */
export function doneReplicates(network: Replicates, point?: number): ReplicateInfo[] {
  const replicates = point === undefined ? network.replicates : replicatesAt(network, point);
  return replicates.filter(({ status }) => status === 'done');
}

/** Seeds of which a network has replicates that are done, at whatever point. */
export function seedsDone(network: Replicates): number {
  return new Set(doneReplicates(network).map(({ seed }) => seed)).size;
}

/** The points of the sweep that a network has replicates at. */
export function pointsOf({ replicates }: Replicates): number[] {
  return [...new Set(replicates.map(({ point = 0 }) => point))];
}

/** Those of a network at a point. */
export function replicatesAt({ replicates }: Replicates, at: number): ReplicateInfo[] {
  return replicates.filter(({ point = 0 }) => point === at);
}

const known = new WeakMap<Measured, Findings>();

/** The numbers of results at their end; their means are made once for as long as somebody holds the results. */
export function findingsOf(results: Measured): Findings {
  let found = known.get(results);
  if (!found) known.set(results, (found = new Findings(results)));
  return found;
}
