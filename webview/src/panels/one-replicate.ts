import type { Replicate } from '../../../src/core/replicate';
import type { ReplicateOffer } from '../../../src/protocol/dashboard';
import type { LayerDetail, Picture, ReplicateDetail, StimuliDetail } from '../../../src/protocol/detail';
import { pointText } from '../../../src/protocol/setting-text';
import { type LabelColumn, labelColumns } from '../labels';
import { isRecorded, replicateTitle } from '../replicate-name';
import type { Answers, Query, View } from '../panel';
import { offerOf, trainingEpoch } from '../selectors';
import { strongestUnit } from './unit-rows';

/** The chosen replicate at the chosen checkpoint, in one layer. */
export interface ShownReplicate {
  stimuli: StimuliDetail;
  columns: LabelColumn[];
  detail: ReplicateDetail;
  layer: LayerDetail;
  /** It is the newest checkpoint. */
  newest: boolean;
  /** Where it is not: the layer at the newest, whose range gives the colours at every checkpoint. */
  final?: LayerDetail;
  /** It was brought along: nothing of its training is known. */
  recorded: boolean;
  /** `NETWORK/SEED, LAYER, epoch N` */
  name: string;
}

/** Said where a panel is of one replicate, and there is none: a report has pictures of some points of a sweep only. */
export function noReplicate({ offeredPoints, whole: { sweep }, capabilities }: View): string {
  if (capabilities.train || offeredPoints.length === 0 || !sweep)
    return 'There is no finished replicate to draw this from.';
  const held = offeredPoints.flatMap((point) => {
    const at = sweep.points[point];
    return at ? [`“${pointText(sweep.settings, at.values)}”`] : [];
  });
  return `This report holds no pictures of a replicate at this point. It does at ${held.join(', ')}.`;
}

/** The stimuli of the point that is looked at. */
export function stimuliQuery({ replicate: { point } }: Pick<View, 'replicate'>): Query<'stimuli'> {
  return { kind: 'stimuli', place: point === 0 ? undefined : { point }, parameters: undefined };
}

interface Position {
  offer: ReplicateOffer;
  /** The newest serves every panel; while it trains there is one layer. */
  newest: Query<'replicate'>;
  /** Of those before it there is only what is looked at. */
  at: Query<'replicate'>;
}

function positionOf({ offers, replicate, step, layer }: View, picture: Picture): Position | null {
  const offer = offerOf(offers, replicate);
  const last = offer?.checkpoints.at(-1)?.step;
  if (offer === undefined || last === undefined) return null;
  const newest = queryOf(offer, last, offer.until === undefined ? undefined : { layer });
  return {
    offer,
    newest,
    at: step === null || step === last ? newest : queryOf(offer, step, { layer, picture }),
  };
}

function queryOf(
  { source, point, seed }: Replicate,
  step: number,
  parameters: Query<'replicate'>['parameters'],
): Query<'replicate'> {
  return { kind: 'replicate', place: { source, point, seed, step }, parameters };
}

/** What a picture of the chosen replicate is drawn from; nothing where there is none. */
export function replicateQueries(view: View, picture: Picture): Query[] {
  const position = positionOf(view, picture);
  return position === null ? [] : [stimuliQuery(view), position.newest, position.at];
}

/** Null where there is none, or it has not come. */
export function replicateIn(answers: Answers, view: View, picture: Picture): ShownReplicate | null {
  const position = positionOf(view, picture);
  if (position === null) return null;
  const { offer, newest, at } = position;
  const [stimuli, detail, last] = [answers.of(stimuliQuery(view)), answers.of(at), answers.of(newest)];
  if (stimuli === undefined || detail === undefined || last === undefined) return null;
  const layerOf = ({ layers }: ReplicateDetail): LayerDetail | undefined =>
    layers.find(({ name }) => name === view.layer) ?? layers[0];
  const [layer, final] = [layerOf(detail), layerOf(last)];
  if (layer === undefined) return null;
  const recorded = isRecorded(view.results, detail.source);
  return {
    stimuli,
    columns: labelColumns(stimuli),
    detail,
    layer,
    newest: at === newest,
    recorded,
    name: placeName(
      { detail, layer, recorded },
      replicateTitle(view.results, detail),
      trainingEpoch(detail.epoch, offer.until),
    ),
    ...(at === newest || final === undefined ? {} : { final }),
  };
}

/** `WHOSE, LAYER, WHEN`; of what was brought along there is no time, and a layer is not named that is called as its source. */
export function placeName(
  { detail, layer, recorded }: Pick<ShownReplicate, 'detail' | 'layer' | 'recorded'>,
  whose: string,
  when: string,
): string {
  return [whose, ...(layer.name === detail.source ? [] : [layer.name]), ...(recorded ? [] : [when])].join(
    ', ',
  );
}

/** The other finished replicates of its network and point, at the same checkpoint, or at the newest of each beside a newest one. */
export function peerQueries(view: View, newest: boolean): Query<'replicate'>[] {
  const { offers, replicate, layer, step } = view;
  return offers.flatMap((offer): Query<'replicate'>[] => {
    if (!isPeer(offer, replicate) || offer.seed === replicate.seed) return [];
    const at = newest ? offer.checkpoints.at(-1) : offer.checkpoints.find((one) => one.step === step);
    return at === undefined ? [] : [queryOf(offer, at.step, { layer, picture: 'rdm' })];
  });
}

/** Whether it is finished, and differs from a replicate in its seed alone. */
export function isPeer({ source, point, until }: ReplicateOffer, of: Replicate): boolean {
  return source === of.source && point === of.point && until === undefined;
}

/** The chosen unit; else the most selective one of the newest checkpoint: it stays while one scrubs. */
export function unitOf({ layer, final }: ShownReplicate, chosen: number): number {
  return chosen >= 0 && chosen < layer.units ? chosen : strongestUnit(final ?? layer);
}

/** Its activation for every test stimulus. */
export function unitQuery({ detail, layer }: ShownReplicate, unit: number): Query<'unit'> {
  const { source, point, seed, step } = detail;
  return { kind: 'unit', place: { source, point, seed, step, layer: layer.name }, parameters: { unit } };
}
