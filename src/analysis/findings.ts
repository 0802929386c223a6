import { END, type Place, Values } from '../core/values';
import type { Interval, MeasureInfo, NetworkResults, ReplicateInfo, Results } from '../protocol/results';
import { interval, ranges } from './statistics/interval';

/** What numbers are read from. */
type Measured = Pick<Results, 'networks' | 'values' | 'measures' | 'confidence'>;

/** Which number of a measure: the layer, label and component that it is of; of a pair of layers the earlier one, and the other. */
export interface Where {
  readonly site?: string;
  readonly other?: string;
  readonly label?: string;
  readonly part?: string;
}

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
   * The mean of a measure over the replicates of a network that are done, with its interval. Infinite values are left out, as undefined
   * ones are.
   *
   * @returns undefined where nothing was measured, in any of them
   */
  mean(network: string, measure: string, where: Where = {}): Interval | undefined {
    const key = JSON.stringify([network, measure, where.site, where.label, where.part, where.other]);
    if (!this.#means.has(key)) this.#means.set(key, this.#meanOf(network, measure, where));
    return this.#means.get(key);
  }

  /** The number of one replicate, which may be infinite, or the reason why there is none; undefined where nothing was measured. */
  at(
    network: string,
    seed: number,
    measure: string,
    where: Where = {},
  ): { readonly value: number | null; readonly why?: string } | undefined {
    const of = this.#network(network);
    const replicate = of?.replicates.find((one) => one.seed === seed);
    return of && replicate ? this.values.at(this.#place(of, replicate, measure, where)) : undefined;
  }

  /** The labels for which a network has a measure (in a layer), in the order of the table. */
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
  #within(name: string, of: (place: Pick<Place, 'source' | 'checkpoint'>) => readonly string[]): string[] {
    const network = this.#network(name);
    if (!network) return [];
    const checkpoints = new Set(doneReplicates(network).map((one) => this.#checkpoint(network, one)));
    return [...new Set([...checkpoints].flatMap((checkpoint) => of({ source: name, checkpoint })))];
  }

  #meanOf(name: string, measure: string, where: Where): Interval | undefined {
    const network = this.#network(name);
    if (!network) return undefined;
    const found = doneReplicates(network).map((replicate) =>
      this.values.at(this.#place(network, replicate, measure, where)),
    );
    if (found.every((one) => one === undefined)) return undefined;
    const { measures, confidence } = this.results;
    const info: MeasureInfo | undefined = measures[measure];
    return interval(
      found.map((one) => one?.value ?? null),
      confidence,
      ranges[info?.range ?? 'unbounded'],
    );
  }

  #place(network: NetworkResults, replicate: ReplicateInfo, measure: string, where: Where): Place {
    const checkpoint = this.#checkpoint(network, replicate);
    return { measure, source: network.name, seed: String(replicate.seed), checkpoint, ...where };
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

/** The replicates of a network that are done. */
export function doneReplicates({ replicates }: Pick<NetworkResults, 'replicates'>): ReplicateInfo[] {
  return replicates.filter(({ status }) => status === 'done');
}

const known = new WeakMap<Measured, Findings>();

/** The numbers of results at their end; their means are made once for as long as somebody holds the results. */
export function findingsOf(results: Measured): Findings {
  let found = known.get(results);
  if (!found) known.set(results, (found = new Findings(results)));
  return found;
}
