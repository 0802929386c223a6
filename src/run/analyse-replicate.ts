import { END, type Place, Values } from '../core/values';
import { pairMatrix } from '../analysis/pairs/pair-matrix';
import type { PairMeasure, SiteMeasure } from '../measures/measure';
import { behaviourOfDocuments } from '../measures/behaviour';
import { layerPairMeasures, siteMeasuresOf } from '../measures/measures';
import { criteriaValues } from '../measures/criteria';
import { simplicityValues } from '../measures/simplicity';
import type { SiteView } from '../measures/site-view';
import { pairRows, whyOfPair } from '../protocol/pair-results';
import type { LayerUnits, ReplicateResults } from '../protocol/results';
import { besideName, nullParts } from '../protocol/similarity-names';
import type { Recording } from '../sources/source';
import { addAnswers } from './answers-replicate';
import { addChange } from './change-replicate';
import type { KnownAnalysis } from './known-analysis';
import type { DrawnExperiment } from './drawn-experiment';
import { addDictionary } from './dictionary-replicate';
import { SiteViews } from './site-views';
import { addProbes } from './probe-replicate';

/** How much of a replicate is measured. */
interface AnalysisOptions {
  /** Only what is quickly measured, for a replicate that still trains. */
  readonly glance?: boolean;
  /** What was measured of it before: it is taken as it is. */
  readonly known?: KnownAnalysis | undefined;
  /** Of its layers. */
  readonly measures?: readonly SiteMeasure[];
  /** Of every two of them. */
  readonly pairs?: readonly PairMeasure[];
  /** Bytes of activations that are held at once. */
  readonly room?: number;
}

/**
 * Everything that the results say of one replicate.
 *
 * @throws OverflowError where an activation is not finite at one of its checkpoints
 */
export async function analyseReplicate(
  drawn: DrawnExperiment,
  recording: Recording,
  {
    glance = false,
    known,
    room,
    measures = siteMeasuresOf(drawn.analyses).filter(({ ofRdm }) => ofRdm || !recording.rdm),
    pairs = pairsOf(drawn).filter(({ rdm }) => rdm || !recording.rdm),
  }: AnalysisOptions = {},
): Promise<ReplicateResults> {
  const values = new Values();
  const { replicate, checkpoints, course } = recording;
  const names = recording.sites.map(({ name }) => name);
  const last = checkpoints.length - 1;
  let units = glance ? {} : known?.units;
  for (const [at, checkpoint] of checkpoints.entries()) {
    const isLast = at === last;
    const step = String(checkpoint.step);
    const places = isLast ? [step, END] : [step];
    const due = dueAt(places, measures, glance);
    const wanted = [...due.map(({ measure }) => measure), ...(isLast && !glance ? pairs : [])];
    const isKnown = wanted.every(({ name }) => known?.has(name)) && !(isLast && !units);
    // Activations are made for what is to be measured alone.
    const sites = isKnown ? null : await SiteViews.of(drawn, recording, at, room);
    if (known) copyBehaviour(values, places, known);
    else await addBehaviour(values, places, recording, at);
    const found: Record<string, LayerUnits> = {};
    for (const [layer, site] of names.entries()) {
      const view = await sites?.at(layer);
      addSite(values, due, site, view, known);
      if (view && isLast && !units && !recording.rdm) found[site] = view.units;
    }
    if (!isLast) continue;
    const took = glance ? undefined : recording.effort?.();
    const once: (Place & { readonly value: number | null; readonly why?: string | undefined })[] = [
      ...Object.entries(took ?? {}).map(([measure, value]: [string, number]) => ({ measure, value })),
      ...(course ? criteriaValues(course.criteria) : []),
      ...(recording.functions ? simplicityValues(recording.functions) : []),
    ];
    for (const { value, why, ...place } of once) values.add({ ...place, checkpoint: END }, value, why);
    if (!glance) await addLayerPairs(values, pairs, names, sites, known);
    if (!glance && !recording.rdm) await addProbes(values, drawn, recording, known);
    if (!glance && !recording.rdm) await addDictionary(values, drawn, recording, known);
    if (!glance) await addAnswers(values, drawn, recording, known);
    if (!glance) await addChange(values, drawn, recording, known);
    units ??= found;
  }
  return {
    seed: replicate.seed,
    status: 'done',
    epochs: checkpoints[last].epoch,
    steps: checkpoints[last].step,
    checkpoints: [...checkpoints],
    ...(course ? { phaseEnds: [...course.phaseEnds] } : {}),
    values: values.columns,
    units: units ?? {},
  };
}

function pairsOf({ analyses }: DrawnExperiment): PairMeasure[] {
  return layerPairMeasures(analyses);
}

/** A measure, and the checkpoints of one moment that its numbers are of: the step, and `end` where it is that. */
interface Due {
  readonly measure: SiteMeasure;
  readonly places: readonly string[];
}

/** What is measured at a moment. */
function dueAt(places: readonly string[], measures: readonly SiteMeasure[], glance: boolean): Due[] {
  return measures.flatMap((measure) => {
    const { when } = measure;
    const own = places.filter(
      (place) => when === 'always' || (place === END && (when === 'glance' || !glance)),
    );
    return own.length > 0 ? [{ measure, places: own }] : [];
  });
}

/** Loss and accuracy on the test set, where it answers tasks. */
async function addBehaviour(
  values: Values,
  places: readonly string[],
  recording: Recording,
  at: number,
): Promise<void> {
  const behaviour = await recording.behaviour('test', at);
  if (!behaviour) return;
  const { loss, accuracy, more = {} } = behaviour;
  for (const checkpoint of places) {
    if (loss !== null)
      values.add({ measure: 'loss', checkpoint }, Number.isFinite(loss) ? loss : null, 'It is not finite.');
    for (const [measure, of] of Object.entries({ accuracy, ...more }))
      for (const [label, value] of of) values.add({ measure, checkpoint, label }, value);
  }
}

function copyBehaviour(values: Values, checkpoints: readonly string[], known: KnownAnalysis): void {
  for (const checkpoint of checkpoints)
    // In the order of `addBehaviour`, so that the table comes out as computed anew.
    for (const measure of ['loss', ...Object.keys(behaviourOfDocuments).filter((name) => name !== 'loss')])
      for (const { value, why, ...place } of known.rows(measure, checkpoint)) values.add(place, value, why);
}

/** @param view where something is to be measured */
function addSite(
  values: Values,
  due: readonly Due[],
  site: string,
  view: SiteView | undefined,
  known: KnownAnalysis | undefined,
): void {
  for (const { measure, places } of due) {
    const { name } = measure;
    const taken = known?.has(name) ? known : undefined;
    const found = taken || !view ? [] : [...measure.measure(view)];
    for (const checkpoint of places)
      for (const { label, part, value, why } of taken?.rows(name, checkpoint, site) ?? found)
        values.add({ measure: name, checkpoint, site, label, part }, value, why);
  }
}

/** Bytes of what is compared of a replicate's layers that are held at once. */
const layerRoom = 512e6;

/** Every two layers of the replicate, at its end: the later one as the other. */
async function addLayerPairs(
  values: Values,
  measures: readonly PairMeasure[],
  names: readonly string[],
  sites: SiteViews | null,
  known: KnownAnalysis | undefined,
): Promise<void> {
  for (const measure of measures) {
    const { name } = measure;
    const found =
      known?.has(name) || !sites
        ? null
        : await pairMatrix(measure, names.length, (at) => sites.at(at), layerRoom);
    for (const [later, other] of names.entries())
      for (const [earlier, site] of names.slice(0, later).entries()) {
        const at = { checkpoint: END, site, other };
        if (found) {
          const why = whyOfPair(found.undefinedValues, names, later, earlier);
          for (const row of pairRows(name, found, [later, earlier], why))
            values.add({ measure: row.measure, ...at }, row.value, row.why);
        } else
          for (const own of [name, ...nullParts.map((part) => besideName(name, part))])
            for (const { value, why } of known?.rows(own, END, site, other) ?? [])
              values.add({ measure: own, ...at }, value, why);
      }
  }
}
