import { doneReplicates, type Findings, findingsOf } from '../../../src/analysis/findings';
import { labelNames } from '../../../src/formats/label-names';
import {
  probeChance,
  probeKindsOf,
  probeMeasureName,
  type ProbePart,
  probeWord,
} from '../../../src/protocol/probe-words';
import type { Interval, Results } from '../../../src/protocol/results';
import { intervalCell } from '../cell';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { plural } from '../number';
import { figure, type Panel, withoutPicture } from '../panel';
import { measuresNamed } from '../says';
import { hazardsAt } from './hazard-places';
import { betweenParts } from './probes-between';
import { againstPredictivity, conflictsOf } from './probes-drawn';
import { labelsOf, type ProbesLook, theProbe } from './probes-look';
import { overTraining, transfers } from './probes-over';
import { chanceLook, followed, inputsLook, panelOf, picture, scored, straight } from './probes-picture';

type Chosen = {
  probe: string;
};

/** What can be decoded of each layer, beside what would do as well without it. */
export const probesPanel: Panel<Chosen> = {
  id: 'probes',
  title: 'Probes',
  follows: ['replicate', 'layer'],
  offered: ({ results }) => probeKindsOf(results.measures).length > 0,
  choices: {
    probe: {
      initial: '',
      label: 'Probe',
      options: (_, { results }) =>
        probeKindsOf(results.measures).map((kind, at) => ({
          value: kind,
          label: probeWord(results.measures, kind),
          byDefault: at === 0,
        })),
    },
  },
  draw(_, view, { probe }) {
    const network = view.results.networks.find(({ name }) => name === view.replicate.source);
    const kind = probeKindsOf(view.results.measures).find((one) => one === probe);
    if (!network || !kind) return [];
    const look = { view, network, kind };
    if (labelsOf(look).length === 0)
      return [figure('By layer', withoutPicture(`No replicate of ${network.name} is done.`))];
    const over = overTraining(look);
    const conflicts = conflictsOf(look);
    const pairs = conflicts.flatMap(({ pair, drawn }) => (drawn ? [] : [pair]));
    const against = againstPredictivity(look, conflicts);
    return [
      figure('By layer', byLayer(look)),
      ...(pairs.length > 0 ? [figure('Conflicts', byConflict(look, pairs))] : []),
      ...(against ? [figure('Conflicts against predictivity', against)] : []),
      ...(over ? [figure('Over training', over)] : []),
      ...transfers(look).map(({ label, content }) => figure(`Transfer, ${label}`, content)),
      ...betweenParts(look).map(({ label, content }) => figure(`Between parts, ${label}`, content)),
    ];
  },
};

function byLayer(look: ProbesLook): FigureContent {
  const { view, network, kind } = look;
  const { results, replicate } = view;
  const findings = findingsOf(results);
  const labels = labelsOf(look);
  const shownNames = labelNames(results.labels);
  const meanOf = (part: ProbePart, at: (typeof labels)[number], site: string): Interval | undefined =>
    findings.mean(network.name, probeMeasureName(kind, part, at.isReal), {
      ...{ point: replicate.point, site, label: at.label },
    });
  const levelOf = ({ label }: (typeof labels)[number], site: string): number | null =>
    findings.mean(network.name, probeChance, { point: replicate.point, site, label })?.mean ?? null;
  const sites = network.layers.map(({ name }) => name);
  const panels = labels.map((one) =>
    panelOf(
      shownNames.get(one.label) ?? one.label,
      one.isReal ? 'R²' : 'balanced accuracy',
      network,
      scored.map((series) => ({ series, means: sites.map((site) => meanOf(series.part, one, site)) })),
      [
        straight('inputs', inputsLook, meanOf('inputs', one, sites[0] ?? '')?.mean ?? null, sites.length),
        straight('chance', chanceLook, levelOf(one, sites[0] ?? ''), sites.length),
      ],
    ),
  );
  const done = doneReplicates(network, replicate.point).length;
  const names = labels.map(({ isReal }) => probeMeasureName(kind, 'score', isReal));
  return {
    chart: pictureChart(() => picture(panels, scored, true)),
    description: `${plural(labels.length, 'label')} decoded from ${plural(sites.length, 'layer')} of ${network.name} by ${theProbe(look)}.`,
    caption: `${network.name}: what ${theProbe(look)} decodes from each layer at the end of training, on ${coincide(results)}; means over ${plural(done, 'replicate')} with their intervals, small points: each. Beside it the same probe with the replicate’s initial weights, on a control task (a random label for each combination of what the labels are made of), and on the inputs. What initial weights or inputs give as well is not learned, what the control task gives as well is memorised by the probe.${missing(findings, look)}`,
    table: {
      columns: ['layer', 'label', 'score', 'initial weights', 'control task', 'inputs', 'chance'],
      rows: sites.flatMap((site) =>
        labels.map((one) => [
          ...[site, shownNames.get(one.label) ?? one.label],
          ...(['score', 'untrained', 'control', 'inputs'] as const).map((part) =>
            intervalCell(meanOf(part, one, site)),
          ),
          levelOf(one, site),
        ]),
      ),
    },
    says: measuresNamed(results, ...new Set(names)),
    hazards: hazardsAt(results.hazards, 'probes', { network: network.name, probe: kind }),
  };
}

function coincide({ stimuli }: Results): string {
  return `stimuli ${stimuli.coincide ? 'of the whole design, of which each fifth is decoded without it' : 'that it was not fitted on'}`;
}

/** Why a label has no number in any layer. */
function missing(findings: Findings, look: ProbesLook): string {
  const { network, kind, view } = look;
  const [first] = doneReplicates(network, view.replicate.point);
  if (!first) return '';
  const reasons = labelsOf(look).flatMap(({ label, isReal }) =>
    (['score', 'untrained', 'control', 'inputs'] as const).flatMap((part) => {
      const of = { ...view.replicate, seed: first.seed };
      const where = { site: network.layers[0]?.name ?? '', label };
      const why = findings.at(of, probeMeasureName(kind, part, isReal), where)?.why;
      return why === undefined ? [] : [why];
    }),
  );
  return [...new Set(reasons)].map((why) => ` ${why}`).join('');
}

function byConflict(look: ProbesLook, pairs: readonly (readonly [string, string])[]): FigureContent {
  const { view, network, kind } = look;
  const { results, replicate } = view;
  const findings = findingsOf(results);
  const sites = network.layers.map(({ name }) => name);
  const meanOf = (
    part: ProbePart,
    [label, against]: readonly [string, string],
    site: string,
  ): Interval | undefined =>
    findings.mean(network.name, probeMeasureName(kind, part), {
      ...{ point: replicate.point, site, label, part: against },
    });
  const panels = pairs.map((pair) =>
    panelOf(
      `${pair[0]} against ${pair[1]}`,
      `follows ${pair[0]}`,
      network,
      followed.map((series) => ({ series, means: sites.map((site) => meanOf(series.part, pair, site)) })),
      [
        straight(
          'inputs',
          inputsLook,
          meanOf('conflict.inputs', pair, sites[0] ?? '')?.mean ?? null,
          sites.length,
        ),
        straight('as often either', chanceLook, 0.5, sites.length),
      ],
    ),
  );
  const first = findings.at(
    { ...replicate, seed: doneReplicates(network, replicate.point)[0]?.seed ?? 0 },
    probeMeasureName(kind, 'conflict'),
    {
      ...{ site: sites[0] ?? '', label: pairs[0]?.[0] ?? '', part: pairs[0]?.[1] ?? '' },
    },
  );
  return {
    chart: pictureChart(() => picture(panels, followed, false)),
    description: `${plural(pairs.length, 'pair')} of labels in conflict, by layer of ${network.name}.`,
    caption: `${network.name}: ${theProbe(look)} is fitted on stimuli for which two labels agree, so that it could follow either. Share of the test stimuli for which they disagree that it decides by the first; 0: by the second. Which of the two a decoder follows says what is easily decoded, not what the network computes.${first?.why === undefined ? '' : ` ${first.why}`}`,
    table: {
      columns: ['layer', 'label', 'against', 'follows', 'initial weights', 'inputs'],
      rows: sites.flatMap((site) =>
        pairs.map((pair) => [
          ...[site, ...pair],
          ...(['conflict', 'conflict.untrained', 'conflict.inputs'] as const).map((part) =>
            intervalCell(meanOf(part, pair, site)),
          ),
        ]),
      ),
    },
    says: measuresNamed(results, probeMeasureName(kind, 'conflict')),
  };
}
