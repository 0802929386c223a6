import type { Matrix } from '../core/matrix';
import { SITE_ROOM } from '../experiment/checks/memory';
import { noUnits, SiteView } from '../measures/site-view';
import type { Recording } from '../sources/source';
import type { DrawnExperiment } from './drawn-experiment';

/**
 * The sites of one replicate at one checkpoint, as they are measured. Where all fit they are held, and with them what their measures share; of larger ones one is
 * held at a time, and made again whenever it is asked for after another.
 */
export class SiteViews {
  #last: { readonly at: number; readonly view: SiteView } | undefined;

  /** @param all null where they are too large to be held */
  private constructor(
    private readonly drawn: DrawnExperiment,
    private readonly recording: Recording,
    private readonly checkpoint: number,
    private readonly all: readonly SiteView[] | null,
  ) {}

  /**
   * What fits is refused before anything is measured where an activation is not finite.
   *
   * @param room bytes
   */
  static async of(
    drawn: DrawnExperiment,
    recording: Recording,
    checkpoint: number,
    room = SITE_ROOM,
  ): Promise<SiteViews> {
    const { rdm, sites } = recording;
    if (rdm) {
      const views = sites.map(({ name }) => new SiteView(drawn, noUnits, noUnits, rdm(name, 'test')));
      return new SiteViews(drawn, recording, checkpoint, views);
    }
    const stimuli = drawn.sets.fit.inputs.rows + drawn.sets.test.inputs.rows;
    const bytes = sites.reduce((sum, { units }) => sum + units * stimuli * 4, 0);
    if (bytes > room) return new SiteViews(drawn, recording, checkpoint, null);
    const views: SiteView[] = [];
    for (const { name } of sites) views.push(await viewOf(drawn, recording, checkpoint, name));
    return new SiteViews(drawn, recording, checkpoint, views);
  }

  /** @param at its place among the sites */
  async at(at: number): Promise<SiteView> {
    if (this.all) return this.all[at];
    if (this.#last?.at !== at) {
      // Let go of before the next is made.
      this.#last = undefined;
      const { name } = this.recording.sites[at];
      this.#last = { at, view: await viewOf(this.drawn, this.recording, this.checkpoint, name) };
    }
    return this.#last.view;
  }
}

async function viewOf(
  drawn: DrawnExperiment,
  recording: Recording,
  checkpoint: number,
  site: string,
): Promise<SiteView> {
  const statesOf = async (name: string): Promise<[Matrix<Float32Array>, Matrix<Float32Array>]> => [
    await recording.activations(name, 'fit', checkpoint),
    await recording.activations(name, 'test', checkpoint),
  ];
  const [fit, test] = await statesOf(site);
  const beside = new Map<string, [Matrix<Float32Array>, Matrix<Float32Array>]>();
  for (const { name, at } of drawn.analyses.counterparts ?? [])
    if (at?.[0] === site && recording.sites.some((one) => one.name === at[1]))
      beside.set(name, await statesOf(at[1]));
  return new SiteView(drawn, fit, test, undefined, beside);
}
