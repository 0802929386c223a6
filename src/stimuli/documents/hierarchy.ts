import { stream, type Stream } from '../../core/stream';
import { type AskedShape, type DocumentsReader, type DocumentsShape } from '../../experiment/documents';
import type { HierarchySpec } from '../../experiment/documents-file';
import { byTopic } from './by-topic';
import type { DrawnCorpus, Documents, EvaluationSet } from './corpus';
import { Tree } from './tree';
import { DocumentsWriter, numbered, withPlaces } from './writer';

type Settings = Required<HierarchySpec>;

/** What is true in a tree, said in several forms, and what follows from it. */
export const hierarchy: DocumentsReader<Settings, HierarchySpec> = { key: 'hierarchy', read, shape };

const MOST_NODES = 4000;

function read(
  spec: HierarchySpec,
  { path, problems }: Parameters<DocumentsReader['read']>[1],
): Settings | null {
  const { levels = [4, 4, 6], properties = 2, documents = 10, sentences = 5 } = spec;
  const { heldOut = 24, parentOnly = 8, choices = 16 } = spec;
  const refuse = (key: keyof Settings, code: string, message: string): null => {
    problems.at([...path, key], code, message);
    return null;
  };
  if (levels.length < 3 || levels.some((below) => !Number.isInteger(below) || below < 2)) {
    const message = `'levels' must list at least three whole numbers of at least 2: a fact of a leaf's parent needs a node of the same branch of which it is not true. Change it.`;
    return refuse('levels', 'out-of-range', message);
  }
  const nodes = levels.reduce(([all, width], below) => [all + width * below, width * below], [0, 1])[0];
  if (nodes > MOST_NODES)
    return refuse(
      'levels',
      'too-many',
      `The tree has ${nodes} nodes, more than ${MOST_NODES}. Lower 'levels'.`,
    );
  const depth = levels.length;
  const leaves = levels.reduce((product, below) => product * below, 1);
  const left = leaves - parentOnly;
  const most = Math.floor(
    Math.min(
      left * properties * (depth - 1),
      (left * (1 + 2 * properties)) / 2,
      (left * properties * depth) / 4,
    ),
  );
  if (parentOnly >= leaves || heldOut > most) {
    const message = `Of the ${leaves} leaves ${parentOnly} are known by their parent alone, and of the others' facts at most ${Math.max(0, most)} can be held out each way. Lower 'heldOut' or 'parentOnly', or raise 'levels'.`;
    return refuse('heldOut', 'too-many', message);
  }
  // Who is asked what marks a leaf's parent chooses among leaves of other parents; who is asked what it has, among properties of others.
  const sameBranch = Math.min(
    leaves / levels[0] - levels[depth - 1],
    properties * (nodes / levels[0] - depth),
    (leaves / levels[0]) * (levels[0] - 1),
  );
  if (choices - 1 > sameBranch) {
    const message = `A branch of the tree has as few as ${sameBranch} wrong answers to a question, too few for ${choices} choices. Lower 'choices', or raise 'levels'.`;
    return refuse('choices', 'too-many', message);
  }
  const statements = FORMS * (depth - 1 + properties * depth);
  if (documents * sentences < statements) {
    const message = `Of a leaf ${statements} statements are to be trained, and ${documents} documents of ${sentences} sentences have no room for all. Raise 'documents' or 'sentences'.`;
    return refuse('documents', 'too-few', message);
  }
  return { levels, properties, documents, sentences, heldOut, parentOnly, choices };
}

const ROLES = ['none', 'begin', 'subject', 'relation', 'object', 'stop'] as const;
const [, BEGIN, SUBJECT, RELATION, OBJECT, STOP] = ROLES.keys();
/** Ways to say what something is, and as many to say what it has: plainly, in other words, and the other way round. */
const WORDS = ['is', 'belongs', 'includes', 'has', 'shows', 'marks'] as const;
const FORMS = WORDS.length / 2;
const [PLAIN, REPHRASED, REVERSED] = WORDS.keys();

/** What is asked: facts of which something is held out, in the form that is. */
const ASKED = [
  { name: 'trained', says: 'Properties of leaves, as trained.', form: PLAIN },
  {
    name: 'rephrase',
    says: 'Properties of leaves, in words in which they are not trained.',
    form: REPHRASED,
  },
  {
    name: 'reversal',
    says: 'Leaves that are below a node or have a property, trained the other way round alone.',
    form: REVERSED,
  },
  {
    name: 'syllogism',
    says: 'Properties that leaves inherit, which are trained of those above them alone.',
    form: PLAIN,
  },
  {
    name: 'parentOnly',
    says: 'Properties that leaves inherit of which nothing is trained but their parent.',
    form: PLAIN,
  },
] as const;
const SEEN = ['none', ...ASKED.map(({ name }) => name)] as const;
const CUES = [
  { name: 'strong cues', says: 'Wrong answers are of other branches of the tree.' },
  { name: 'reduced cues', says: 'Wrong answers are of the same branch.' },
] as const;

function shape(settings: Settings): DocumentsShape {
  const { levels, properties, documents, sentences } = settings;
  const { size, levelStarts } = new Tree(levels, properties);
  const things = [...numbered('n', size), ...numbered('q', size * properties)];
  const count = size * documents;
  return withPlaces({
    vocabulary: [...things, ...WORDS, 'begin', 'stop'],
    columns: [
      { name: 'role', values: ROLES },
      { name: 'subject', values: ['none', ...things] },
      { name: 'relation', values: ['none', ...WORDS] },
      { name: 'object', values: ['none', ...things] },
      { name: 'about', values: ['none', ...things.slice(0, size)] },
      { name: 'seen', values: SEEN },
      ...levels.map((_, at) => ({
        name: `level${at + 1}`,
        values: ['none', ...things.slice(levelStarts[at], levelStarts[at + 1])],
      })),
    ],
    train: { documents: count, tokens: count * (1 + 4 * sentences), longest: 1 + 4 * sentences },
    sets: setsOf(settings),
  });
}

function setsOf({ levels, properties, heldOut, parentOnly, choices }: Settings): AskedShape[] {
  return ASKED.flatMap(({ name, says }) =>
    CUES.map((cues, at) => {
      const inherited = parentOnly * properties * (levels.length - 1);
      const documents = name === 'parentOnly' ? Math.min(heldOut, inherited) : heldOut;
      const floors = [{ name: 'one of the choices', score: 1 / choices }];
      if (at === 0) floors.push({ name: 'which branch it is of', score: 1 });
      return {
        name: `${name}, ${cues.name}`,
        says: `${says} ${cues.says}`,
        documents,
        tokens: documents * 5,
        longest: 5,
        floors,
      };
    }),
  );
}

/** That something is true of a node. */
type Fact = readonly [node: number, thing: number];

/** What is true, and what of it is not said. */
interface World extends Settings {
  readonly random: (purpose: string, ...more: number[]) => Stream;
  readonly tree: Tree;
  /** By what is asked. */
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
  /** Of each leaf of which the parent alone is known. */
  readonly isParentOnly: ReadonlySet<number>;
}

function drawWorld(settings: Settings, seed: number): World {
  const { heldOut, parentOnly } = settings;
  const random: World['random'] = (...purpose) => stream('documents', 'hierarchy', seed, ...purpose);
  const tree = new Tree(settings.levels, settings.properties);
  const { leaves } = tree;
  const order = [...random('leaves').permutation(leaves.length)].map((at) => leaves[at]);
  const rest = order.slice(parentOnly);
  const taken = new Set<string>();
  const take = (purpose: string, from: readonly Fact[], count: number): readonly Fact[] => {
    const free = from.filter((fact) => !taken.has(fact.join()));
    const chosen = [...random(purpose).permutation(free.length).subarray(0, count)].map((at) => free[at]);
    for (const fact of chosen) taken.add(fact.join());
    return chosen;
  };
  const factsOf = (nodes: readonly number[], wanted: (fact: Fact) => boolean): Fact[] =>
    nodes.flatMap((node) => tree.truthsOf(node).map((thing): Fact => [node, thing])).filter(wanted);
  const isInherited = ([node, thing]: Fact): boolean =>
    tree.isProperty(thing) && tree.ownerOf(thing) !== node;
  const isNear = ([node, thing]: Fact): boolean =>
    tree.lineages[node].slice(0, 2).includes(tree.ownerOf(thing));
  const syllogism = take('syllogism', factsOf(rest, isInherited), heldOut);
  const reversal = take('reversal', factsOf(rest, isNear), heldOut);
  const hasProperty = factsOf(rest, ([, thing]) => tree.isProperty(thing));
  const facts = new Map([
    ['syllogism', syllogism],
    ['reversal', reversal],
    ['rephrase', take('rephrase', hasProperty, heldOut)],
    ['trained', take('trained', hasProperty, heldOut)],
    ['parentOnly', take('parent only', factsOf(order.slice(0, parentOnly), isInherited), heldOut)],
  ]);
  return { ...settings, random, tree, facts, isParentOnly: new Set(order.slice(0, parentOnly)) };
}

export function drawHierarchy(settings: Settings, seed: number, foretold: DocumentsShape): DrawnCorpus {
  const world = drawWorld(settings, seed);
  const { tree, facts } = world;
  const asked = ASKED.flatMap((question) => CUES.map((_, cues) => ({ question, isStrong: cues === 0 })));
  const choosing = world.random('choices');
  const sets = asked.map(({ question: { name, form }, isStrong }, s): EvaluationSet => {
    const to = new DocumentsWriter(foretold, foretold.sets[s].name);
    const options: Uint16Array[] = [];
    for (const fact of facts.get(name) ?? []) {
      to.token(begin(tree), false, [BEGIN, 0, 0, 0, fact[0] + 1, 0, ...settings.levels.map(() => 0)]);
      sentence(tree, to, fact, form, SEEN.indexOf(name), (role) => role === OBJECT);
      to.end();
      options.push(optionsOf(world, fact, form, isStrong, choosing));
    }
    return to.asked(options);
  });
  const topics = Array.from({ length: tree.size * settings.documents }, (_, d) =>
    Math.floor(d / settings.documents),
  );
  const about = byTopic(topics);
  return {
    train: drawTraining(world, foretold),
    sets,
    // What is said of the node, and of those above it, from which the rest follows.
    relevant: (set, document) => {
      const at = foretold.sets.findIndex(({ name }) => name === set);
      const node =
        set === null ? topics[document] : (facts.get(asked[at].question.name)?.[document]?.[0] ?? 0);
      return Uint32Array.from(tree.lineages[node].flatMap((each) => [...about(each)])).filter(
        (other) => set !== null || other !== document,
      );
    },
  };
}

/** Documents about each node: its statements in random order again and again. */
function drawTraining(
  { tree, facts, isParentOnly, documents, sentences, random, levels }: World,
  foretold: DocumentsShape,
): Documents {
  const unsaid = new Set<string>();
  for (const fact of facts.get('rephrase') ?? []) unsaid.add([...fact, REPHRASED].join());
  for (const fact of facts.get('reversal') ?? []) unsaid.add([...fact, REVERSED].join());
  for (const fact of facts.get('syllogism') ?? [])
    for (let form = 0; form < FORMS; form++) unsaid.add([...fact, form].join());
  const to = new DocumentsWriter(foretold, null);
  for (let node = 0; node < tree.size; node++) {
    const order = random('statements', node);
    const things = isParentOnly.has(node) ? [tree.lineages[node][1]] : tree.truthsOf(node);
    const statements = things
      .flatMap((thing) => Array.from({ length: FORMS }, (_, form) => ({ thing, form })))
      .filter(({ thing, form }) => !unsaid.has([node, thing, form].join()));
    let waiting: number[] = [];
    for (let document = 0; document < documents; document++) {
      to.token(begin(tree), false, [BEGIN, 0, 0, 0, node + 1, 0, ...levels.map(() => 0)]);
      for (let i = 0; i < sentences; i++) {
        if (waiting.length === 0) waiting = [...order.permutation(statements.length)];
        const { thing, form } = statements[waiting.pop() ?? 0];
        sentence(tree, to, [node, thing], form, SEEN.indexOf('trained'), () => true);
      }
      to.end();
    }
  }
  return to.finish();
}

function begin(tree: Tree): number {
  return tree.size * (1 + tree.properties) + WORDS.length;
}

function sentence(
  tree: Tree,
  to: DocumentsWriter,
  [node, thing]: Fact,
  form: number,
  seen: number,
  counts: (role: number) => boolean,
): void {
  const word = (tree.isProperty(thing) ? FORMS : 0) + form;
  const [subject, object] = form === REVERSED ? [thing, node] : [node, thing];
  const of = [subject + 1, word + 1, object + 1, node + 1, seen];
  const nowhere = tree.levels.map(() => 0);
  // Those above a node, from the first level down; itself among them.
  const place = (at: number): number[] =>
    tree.isProperty(at)
      ? nowhere
      : nowhere.map((_, level) => {
          const above = [...tree.lineages[at]].reverse().at(level);
          return above === undefined ? 0 : above - tree.levelStarts[level] + 1;
        });
  to.token(subject, counts(SUBJECT), [SUBJECT, ...of, ...place(subject)]);
  to.token(tree.size * (1 + tree.properties) + word, counts(RELATION), [RELATION, ...of, ...nowhere]);
  to.token(object, counts(OBJECT), [OBJECT, ...of, ...place(object)]);
  to.token(begin(tree) + 1, counts(STOP), [STOP, ...of, ...nowhere]);
}

/** The right answer and wrong ones of the same sort, of other branches of the tree or the same. */
function optionsOf(
  { tree, choices }: World,
  [node, thing]: Fact,
  form: number,
  isStrong: boolean,
  random: Stream,
): Uint16Array {
  const right = form === REVERSED ? node : thing;
  const isWrong = (other: number): boolean =>
    form === REVERSED ? !tree.isTrue(other, thing) : !tree.isTrue(node, other);
  const all =
    form === REVERSED ? tree.leaves : Array.from(tree.lineages, (_, each) => tree.propertiesOf(each)).flat();
  const wrong = all.filter(
    (other) => isWrong(other) && (tree.branchOf(other) === tree.branchOf(right)) !== isStrong,
  );
  const chosen = random.permutation(wrong.length).subarray(0, choices - 1);
  return Uint16Array.from([right, ...Array.from(chosen, (at) => wrong[at])]).sort();
}
