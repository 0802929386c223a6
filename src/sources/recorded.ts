import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { BroughtError } from '../experiment/brought';
import { quote } from '../experiment/names';
import type { Experiment, Recorded, RecordedReplicate, SetName } from '../experiment/experiment';
import { readBrought } from './brought-files';
import { readRdm } from './brought-rdms';
import type { MakeContext, Recording, Source } from './source';

/** A recording that is brought along in files. Nothing is made of it, and nothing kept. */
export class RecordedSource implements Source {
  readonly cost = { steps: 0, seconds: 0 };

  constructor(
    private readonly experiment: Experiment,
    private readonly recorded: Recorded,
  ) {}

  get sites(): readonly Site[] {
    return this.recorded.sites;
  }

  /** All but where its files are. */
  get effective(): object {
    const { replicates, ...rest } = this.recorded;
    return { ...rest, replicates: replicates.map((one) => ({ ...one, places: one.places.map(placed) })) };
  }

  get name(): string {
    return this.recorded.name;
  }

  /** The bytes of its files, how they are joined, and what is known of the stimuli. */
  key(replicate: Replicate): object {
    const { places, rows, at } = this.replicate(replicate);
    return {
      kind: 'recording',
      places: places.map(placed),
      ...(at === undefined ? {} : { at }),
      rows,
      stimuli: this.experiment.stimuli,
    };
  }

  make(replicate: Replicate, context: MakeContext): Promise<{ recording: Recording; reused: boolean }> {
    return Promise.resolve({ recording: this.soFar(replicate, context), reused: false });
  }

  soFar(replicate: Replicate, context: MakeContext): Recording {
    const Kind = this.recorded.rdms ? RdmRecording : FileRecording;
    return new Kind(replicate, this.sites, this.replicate(replicate), context);
  }

  private replicate({ source, seed }: Replicate): RecordedReplicate {
    const found = this.recorded.replicates.find((one) => one.seed === seed);
    if (!found) throw new RangeError(`The recording “${source}” has no replicate ${seed}.`);
    return found;
  }
}

/** A place in files, wherever these are. */
function placed({ array, digest }: RecordedReplicate['places'][number]): object {
  return { array, digest };
}

/** One replicate of a recording that is brought along: it is as it is, and answers no tasks. */
abstract class BroughtRecording {
  readonly checkpoints = [{ step: 0, epoch: 0 }];
  readonly bytes = 0;

  constructor(
    readonly replicate: Replicate,
    readonly sites: readonly Site[],
    protected readonly from: RecordedReplicate,
    private readonly context: MakeContext,
  ) {}

  behaviour(): Promise<null> {
    return Promise.resolve(null);
  }

  end(): this {
    return this;
  }

  /** The place of a site. @throws RangeError where there is none */
  protected placeOf(site: string): number {
    const at = this.sites.findIndex(({ name }) => name === site);
    if (at < 0) throw new RangeError(`There is no site ${site}.`);
    return at;
  }

  /** The rows of the table that are the stimuli of a set. */
  protected rowsOf(set: SetName): Uint32Array {
    const { rows } = this.context.sets[set];
    if (!rows) throw new Error('Recordings are of the stimuli of a table.');
    return rows;
  }
}

/** RDMs, read from their file when they are asked for. */
class RdmRecording extends BroughtRecording implements Recording {
  readonly rdm = (site: string, set: SetName): Float64Array =>
    readRdm(
      this.from.places[this.placeOf(site)],
      this.from.at ?? 0,
      Array.from(this.rowsOf(set), (row) => this.from.rows[row][0]),
    );

  activations(site: string): never {
    throw new RangeError(`Of ${site} there is an RDM alone, and no activations.`);
  }
}

/** Activations, read from their files when they are asked for. */
class FileRecording extends BroughtRecording implements Recording {
  /** Fit and test are asked for one after the other. */
  private last: { site: string; matrix: Matrix<Float32Array> } | undefined;

  activations(site: string, set: SetName, checkpoint: number): Promise<Matrix<Float32Array>> {
    const at = this.placeOf(site);
    if (checkpoint !== 0) throw new RangeError(`There is no checkpoint ${checkpoint} of ${site}.`);
    const rows = this.rowsOf(set);
    if (this.last?.site !== site) this.last = { site, matrix: this.read(at) };
    const { cols, data } = this.last.matrix;
    const taken = new Float32Array(rows.length * cols);
    rows.forEach((row, to) => taken.set(data.subarray(row * cols, (row + 1) * cols), to * cols));
    return Promise.resolve({ rows: rows.length, cols, data: taken });
  }

  /** Stimuli of the table × units: means of the rows of each. */
  private read(at: number): Matrix<Float32Array> {
    const { name, units: cols } = this.sites[at];
    const { file, array, digest } = this.from.places[at];
    const { data } = readBrought(file, array, digest);
    const found = new Float32Array(this.from.rows.length * cols);
    const sum = new Float64Array(cols);
    this.from.rows.forEach((rows, to) => {
      sum.fill(0);
      for (const row of rows) for (let unit = 0; unit < cols; unit++) sum[unit] += data[row * cols + unit];
      for (let unit = 0; unit < cols; unit++) {
        const mean = Math.fround(sum[unit] / rows.length);
        if (!Number.isFinite(mean))
          throw new BroughtError(
            `Recording ${quote(this.replicate.source)} has no finite number in unit ${unit} of ${quote(name)}, row ${rows[0]} of its file (both counted from 0): every number must be finite.`,
          );
        found[to * cols + unit] = mean;
      }
    });
    return { rows: this.from.rows.length, cols, data: found };
  }
}
