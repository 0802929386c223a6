import {
  type DocumentsDetail,
  documentsOfPicture as PAGE,
  type DocumentsShown,
  type SaidDocument,
} from '../../../src/protocol/documents';
import { answeredIn } from '../../../src/protocol/answered';
import { heatmapChart } from '../charts/heatmap';
import type { FigureContent } from '../figure-content';
import { percent, plural } from '../number';
import {
  type Answers,
  type Block,
  figure,
  type Hands,
  type Option,
  type Panel,
  type Query,
  type View,
  withoutPicture,
} from '../panel';
import { replicateTitle } from '../replicate-name';
import { offerOf } from '../selectors';
import {
  chosenBy,
  DOCUMENTS,
  type StimulusAt,
  stimuliIn,
  stimuliOf,
  stimuliText,
  stimulusText,
} from './document-stimuli';
import { isWrong, rowOf, type Token, tokenOf, tokenText } from './document-tokens';
import { episodeFigure, stepsOf } from './episode';
import { noReplicate, stimuliQuery } from './one-replicate';

const SAID = 'What is said, token by token';
const ATTENTION = 'Attention';
const EPISODE = 'The way that it goes';
/** Which document the pictures below the first are of. */
const ONE = 'Document';

type Chosen = {
  documentSet: number;
  documentsShown: DocumentsShown;
  documentsAfter: number;
  attended: number;
  episodeStep: number;
  attentionLayer: number;
  attentionHead: number;
};

const shownOptions: readonly Option<DocumentsShown>[] = [
  { value: 'all', label: 'all' },
  { value: 'wrong', label: 'wrong' },
  { value: 'right', label: 'right' },
];

/** What is trained and asked, token by token, and what the network says of it. */
export const documentsPanel: Panel<Chosen> = {
  id: DOCUMENTS,
  title: 'Documents',
  follows: ['replicate', 'checkpoint'],
  ofReplicate: true,
  choices: {
    documentSet: {
      initial: 1,
      label: 'Documents',
      hint: 'An evaluation set, or what is trained on',
      options: (_, { results: { asked = {} } }) => [
        ...Object.entries(asked).map(([label, { says }], at) => ({ value: at + 1, label, hint: says })),
        { value: 0, label: 'training documents' },
      ],
    },
    documentsShown: {
      initial: 'all',
      label: 'Answered',
      options: (_, view) => (view.capabilities.checkpoints ? shownOptions : []),
    },
    documentsAfter: {
      initial: 0,
      label: 'From',
      hint: `${PAGE} documents at a time`,
      options: (answers, view, c) => {
        if (!view.capabilities.checkpoints) return [];
        const query = queryOf(view, c);
        const matching = (query && answers.of(query)?.matching) ?? 0;
        return Array.from({ length: Math.ceil(matching / PAGE) }, (_, page) => ({
          value: page * PAGE,
          label: `${page * PAGE + 1} to ${Math.min(matching, (page + 1) * PAGE)}`,
          byDefault: page === 0,
        }));
      },
    },
    attended: {
      initial: -1,
      label: 'Document',
      bar: ONE,
      options: (answers, view, c) =>
        lookedAt(answers, view, c).map(({ document, isRight }, at) => ({
          ...{ value: document, label: `${document}${isRight ? '' : ' ✗'}`, byDefault: at === 0 },
        })),
    },
    episodeStep: {
      initial: 0,
      label: 'Step',
      as: 'slider',
      bar: EPISODE,
      options: (answers, view, c) => {
        const { episode } = chosenOf(answers, view, c) ?? {};
        return episode ? stepsOf(episode, shownNow(answers, view, c)?.actions ?? []) : [];
      },
    },
    attentionLayer: {
      initial: 0,
      label: 'Layer',
      bar: ATTENTION,
      options: (answers, view, c) =>
        view.capabilities.checkpoints ? numbered(shownNow(answers, view, c)?.layers) : [],
    },
    attentionHead: {
      initial: 0,
      label: 'Head',
      bar: ATTENTION,
      options: (answers, view, c) =>
        view.capabilities.checkpoints ? numbered(shownNow(answers, view, c)?.heads) : [],
    },
  },
  offered: ({ results, capabilities, offers }) =>
    results.asked !== undefined && (capabilities.checkpoints || offers.some(({ documents }) => documents)),
  wants(answers, view, c) {
    const queries = [queryOf(view, c), attentionQuery(answers, view, c)];
    return [stimuliQuery(view), ...queries].flatMap((query): Query[] => (query ? [query] : []));
  },
  draw(answers, view, c, hands) {
    const query = queryOf(view, c);
    if (!query) return [{ block: 'note', text: noReplicate(view) }];
    const detail = answers.of(query);
    if (detail)
      return [
        figure(SAID, saidOf(detail, view, hands, stimuliIn(detail, answers, view))),
        { block: 'bar', name: ONE },
        ...episodeOf(detail, chosenOf(answers, view, c), view, c, hands),
        ...(view.capabilities.checkpoints ? [{ block: 'bar', name: ATTENTION } as const] : []),
        ...attentionOf(answers, view, c),
      ];
    const failure = answers.failure(query);
    const why =
      failure === undefined ? 'The network is being asked …' : `The network could not be asked: ${failure}`;
    return [figure(SAID, withoutPicture(why))];
  },
};

/** Null where no replicate is finished. */
function queryOf(view: View, c: Chosen): Query<'documents'> | null {
  const offer = offerOf(view.offers, view.replicate);
  const step = view.step ?? offer?.checkpoints.at(-1)?.step;
  if (offer === undefined || offer.until !== undefined || step === undefined) return null;
  const { source, point, seed } = offer;
  return {
    kind: 'documents',
    place: { source, point, seed, step },
    parameters: {
      set: c.documentSet,
      // Where the first of each set are held alone others cannot be chosen.
      ...(view.capabilities.checkpoints
        ? { shown: c.documentsShown, after: c.documentsAfter }
        : { shown: 'all', after: 0 }),
      most: PAGE,
    },
    late: true,
  };
}

function shownNow(answers: Answers, view: View, c: Chosen): DocumentsDetail | undefined {
  const query = queryOf(view, c);
  return query ? answers.of(query) : undefined;
}

/** Documents that can be looked at one by one: where the network looks in them can be asked, or they are ways that it goes. */
function lookedAt(answers: Answers, view: View, c: Chosen): readonly SaidDocument[] {
  const documents = shownNow(answers, view, c)?.documents ?? [];
  return documents.filter(({ episode }) => view.capabilities.checkpoints || episode !== undefined);
}

/** The first that there is where another was chosen. */
function chosenOf(answers: Answers, view: View, c: Chosen): SaidDocument | undefined {
  const documents = lookedAt(answers, view, c);
  return documents.find(({ document }) => document === c.attended) ?? documents[0];
}

/** Null where no document is shown, or it cannot be asked. */
function attentionQuery(answers: Answers, view: View, c: Chosen): Query<'attention'> | null {
  const query = queryOf(view, c);
  const chosen = chosenOf(answers, view, c);
  if (!query || chosen === undefined || !view.capabilities.checkpoints) return null;
  return {
    ...{ kind: 'attention', place: query.place, late: true },
    parameters: {
      ...{ set: c.documentSet, document: chosen.document },
      ...{ layer: c.attentionLayer, head: c.attentionHead },
    },
  };
}

function numbered(count = 0): Option<number>[] {
  return Array.from({ length: count }, (_, value) => ({ value, label: String(value + 1) }));
}

function episodeOf(
  detail: DocumentsDetail,
  document: SaidDocument | undefined,
  view: View,
  { episodeStep }: Chosen,
  { choose }: Hands,
): Block[] {
  if (detail.actions === undefined) return [];
  const { episode } = document ?? {};
  if (document === undefined || episode === undefined)
    return [
      figure(EPISODE, withoutPicture('Choose documents of which some are to be shown: each is a way.')),
    ];
  const about = {
    whose: `${replicateTitle(view.results, detail)}, step ${detail.step} of training`,
    set: nameOf(detail, view),
    pick: (step: number) => choose({ episodeStep: step }),
  };
  const step = Math.min(episodeStep, episode.steps.length - 1);
  return [
    { block: 'bar', name: EPISODE },
    figure(EPISODE, episodeFigure({ ...document, episode }, step, detail, about)),
  ];
}

function attentionOf(answers: Answers, view: View, c: Chosen): Block[] {
  const query = attentionQuery(answers, view, c);
  if (!query) return [];
  const detail = answers.of(query);
  if (!detail) {
    const failure = answers.failure(query);
    const why =
      failure === undefined
        ? 'Where the network looks is being computed …'
        : `Where the network looks could not be computed: ${failure}`;
    return [figure(ATTENTION, withoutPicture(why))];
  }
  const { tokens, map } = detail;
  const { document, layer, head } = query.parameters;
  const of = (row: number, column: number): number | null =>
    column > row ? null : (map[row * tokens.length + column] ?? null);
  const places = tokens.map((token, at) => `${at} ${token}`);
  const where = `document ${document}, layer ${layer + 1}, head ${head + 1}`;
  return [
    figure(ATTENTION, {
      chart: heatmapChart({
        values: tokens.map((_, row) => tokens.map((__, column) => of(row, column))),
        ...{ columns: { names: places, title: 'to' }, rows: { names: places, title: 'from' } },
        ...{ range: [0, 1], diverging: false, measure: 'Attention' },
        written: (row, column) => shownShare(of(row, column)),
        pair: (row, column) =>
          column > row
            ? `“${tokens[row] ?? ''}” does not see what comes after it.`
            : `“${tokens[row] ?? ''}” (${row}) looks at “${tokens[column] ?? ''}” (${column})`,
        why: () => [],
      }),
      of: where,
      description: `Attention of ${plural(tokens.length, 'token')}: ${where}.`,
      caption: `${replicateTitle(view.results, query.place)}, step ${query.place.step}; ${where}. How much the position of each token (a row) attends to each that is not after it: a row sums to 1. It says where a head reads, not what for.`,
      table: {
        columns: ['from', 'to', 'attention'],
        rows: tokens.flatMap((_, row) =>
          tokens
            .slice(0, row + 1)
            .map((__, column) => [places[row] ?? '', places[column] ?? '', of(row, column)]),
        ),
      },
    }),
  ];
}

/** In tenths, as there is little room; less than half of one is not written. */
function shownShare(value: number | null): string {
  if (value === null || value < 0.05) return '';
  return value < 0.95 ? `.${Math.round(10 * value)}` : '1';
}

/** What documents are that are right. */
const ANSWERED: Readonly<Record<DocumentsDetail['by'], string>> = {
  saying: 'answered rightly',
  choosing: 'answered rightly among their options',
  moving:
    'brought to their end by its own moves, in time (what is shown is the shortest way, and what it says there)',
};

function nameOf({ set }: DocumentsDetail, view: View): string {
  return answeredIn(view.results)[set - 1]?.name ?? 'training documents';
}

function saidOf(
  detail: DocumentsDetail,
  view: View,
  { choose }: Hands,
  stimulusAt: StimulusAt,
): FigureContent {
  const { documents, asked, right, matching, set } = detail;
  const name = nameOf(detail, view);
  const whose = `${replicateTitle(view.results, detail)}, step ${detail.step}`;
  const score = `${whose}. “${name}”: ${percent(right / asked)} of ${plural(asked, 'document')} ${ANSWERED[detail.by]}.`;
  if (documents.length === 0) return withoutPicture(`${score} None of these is to be shown.`);
  const columns = Math.max(...documents.map(({ tokens }) => tokens.length));
  const at = (row: number, column: number): Token | undefined => tokenOf(documents[row], column);
  const selected = new Set(view.selected);
  const cells = documents.map((_, row) =>
    Array.from({ length: columns }, (_, column) => at(row, column)?.probability ?? null),
  );
  return {
    chart: heatmapChart(
      {
        values: cells,
        columns: { names: Array.from({ length: columns }, (_, column) => String(column)), title: 'Position' },
        rows: {
          names: documents.map(({ document, isRight }) => `${document}${isRight ? '' : ' ✗'}`),
          title: 'Document',
        },
        ...{ range: [0, 1], diverging: false, measure: 'Probability of the token' },
        written: (row, column) => at(row, column)?.token ?? '',
        dotted: (row, column) => at(row, column)?.counts === true,
        outlined: (row, column) => isWrong(at(row, column)),
        ringed: (row, column) => selected.has(stimulusAt(documents[row], column) ?? -1),
        pair: (row, column) =>
          tokenText(documents[row], at(row, column)) + stimulusText(stimulusAt(documents[row], column)),
        // It is said that nothing is said of the first, and that a document has ended.
        why: () => [],
      },
      (column, row) => choose(chosenBy(documents[row], column, stimulusAt)),
    ),
    of: `${replicateTitle(view.results, detail)}-${name}`,
    description: `${plural(documents.length, 'document')} of “${name}”, token by token.`,
    caption:
      `${score} Shown: ${documents.length} of ${matching}. A row is a document as the network sees it; colours: the probability that it gave to each token from those before it (nothing is said of the first). ` +
      `Dots: tokens that are ${set === 0 ? 'trained' : 'asked for'}; outlined: those of them in whose place it would say another. ✗: documents that are answered wrongly.` +
      (view.capabilities.checkpoints ? ' A click on one shows more of it below.' : '') +
      stimuliText(documents.flatMap((one) => stimuliOf(one, stimulusAt)).length) +
      (documents.some(({ brought }) => brought > 0) ? ' What retrieval brought stands before each.' : ''),
    table: {
      columns: [
        ...['document', 'position', 'token', 'asked', 'says', 'probability of that'],
        ...['probability of the token', 'loss (nats)', 'test stimulus'],
      ],
      rows: documents.flatMap((document) =>
        document.tokens.map((_, column) => [
          ...rowOf(document, tokenOf(document, column)),
          stimulusAt(document, column) ?? null,
        ]),
      ),
    },
  };
}
