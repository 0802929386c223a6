/** How the file says the documents that networks are trained on and asked: exactly one key. */
export type DocumentsSpec =
  | ReversalsDocuments
  | CodebooksDocuments
  | ExpertsDocuments
  | HierarchyDocuments
  | HopsDocuments
  | EpisodesDocuments
  | ExposuresDocuments
  | GridDocuments
  | FileDocuments;

interface ReversalsDocuments {
  reversals: ReversalsSpec;
}

interface CodebooksDocuments {
  codebooks: CodebooksSpec;
}

interface ExpertsDocuments {
  experts: ExpertsSpec;
}

interface HierarchyDocuments {
  hierarchy: HierarchySpec;
}

interface HopsDocuments {
  hops: HopsSpec;
}

interface EpisodesDocuments {
  episodes: EpisodesSpec;
}

interface ExposuresDocuments {
  exposures: ExposuresSpec;
}

interface GridDocuments {
  grid: GridSpec;
}

interface FileDocuments {
  file: FileSpec;
}

/**
 * Simple reversals (Lampinen et al. 2025, arXiv 2509.16189). Each relation of entities has an inverse, and every fact is said forward: "e3 r1 e7". All inverses but some are
 * trained, too; whether those that are not can be told is the question. Each relation is a random permutation of the entities without fixed points, so that
 * each question has one answer and no entity is its own.
 */
export interface ReversalsSpec {
  /**
   * Entities; each is a token.
   * @minimum 3
   * @maximum 4000
   * @asType integer
   * @default 100
   */
  entities?: number;
  /**
   * Relations; each and its inverse is a token. Every entity has one target by each.
   * @minimum 1
   * @maximum 200
   * @asType integer
   * @default 5
   */
  relations?: number;
  /**
   * Facts whose inverse is in no training document; the relations share them evenly.
   * @minimum 1
   * @asType integer
   * @default 40
   */
  heldOut?: number;
  /**
   * Training documents that say one fact in one direction alone.
   * @minimum 1
   * @maximum 10000
   * @asType integer
   * @default 8
   */
  repeats?: number;
  /**
   * The share of training documents that say a fact in both directions, one after the other; never one whose inverse is held out.
   * @minimum 0
   * @maximum 0.9
   * @default 0.125
   */
  together?: number;
  /**
   * Tokens that documents may begin with, and as many that they may end with. One of each is left out of the training documents of a fact, for when it is asked.
   * @minimum 2
   * @maximum 4000
   * @asType integer
   * @default 50
   */
  affixes?: number;
  /**
   * Which documents an oracle brings for a training document: others that say the same fact in the same direction alone, in the other direction alone, or in any. For what is asked it brings any that
   * say the fact.
   * @default "either"
   */
  relevant?: 'same' | 'other' | 'either';
}

/**
 * Codebooks (Lampinen et al. 2025, arXiv 2509.16189). Each codebook has a code, an output token, for every input token. Documents begin with the codebook's name; they
 * define it, "c3 define i0 o5 i1 o2 …", or use it, "c3 encode i1 i0 becomes o2 o5", or do both. Of latent codebooks some inputs are defined, but encoded in no training document:
 * whether they can be is the question.
 */
export interface CodebooksSpec {
  /**
   * Codebooks that are trained; each is a token.
   * @minimum 2
   * @maximum 4000
   * @asType integer
   * @default 128
   */
  codebooks?: number;
  /**
   * How many of them are latent.
   * @minimum 1
   * @maximum 4000
   * @asType integer
   * @default 32
   */
  latent?: number;
  /**
   * Codebooks that are in no training document, for what can be told from the context alone.
   * @minimum 1
   * @maximum 1000
   * @asType integer
   * @default 32
   */
  fresh?: number;
  /**
   * Input tokens; every codebook has a code for each.
   * @minimum 2
   * @maximum 100
   * @asType integer
   * @default 8
   */
  inputs?: number;
  /**
   * Output tokens. Codes of one codebook differ; all share the output tokens.
   * @minimum 2
   * @maximum 4000
   * @asType integer
   * @default 24
   */
  outputs?: number;
  /**
   * Inputs of each latent codebook that are encoded in no training document.
   * @minimum 1
   * @maximum 99
   * @asType integer
   * @default 3
   */
  heldOut?: number;
  /**
   * Inputs of an encoding; the same can be there twice.
   * @minimum 2
   * @maximum 64
   * @asType integer
   * @default 4
   */
  plaintext?: number;
  /**
   * Training documents of each codebook that define it.
   * @minimum 1
   * @maximum 10000
   * @asType integer
   * @default 16
   */
  definitions?: number;
  /**
   * Training documents of each codebook that use it.
   * @minimum 1
   * @maximum 10000
   * @asType integer
   * @default 24
   */
  encodings?: number;
  /**
   * Training documents of each codebook that define and then use it.
   * @minimum 0
   * @maximum 10000
   * @asType integer
   * @default 24
   */
  together?: number;
  /**
   * The order of inputs in definitions: random in each document, or the same in all.
   * @default "shuffled"
   */
  order?: 'shuffled' | 'fixed';
  /**
   * Which documents an oracle brings: those that do nothing but define the codebook, or any of the codebook.
   * @default "definition"
   */
  relevant?: 'definition' | 'any';
}

/**
 * Experts that err (Abreu et al. 2025, arXiv 2508.17669). Each document is what one expert, who is not named, believes of one fact: "begin h3 r1 r1t7 end". Whether a network that is trained on all of them
 * knows more than each is the question: where experts err by themselves their votes can be counted (denoising), and where they know different things, and speak more of
 * these, the one who knows can prevail (selection).
 */
export interface ExpertsSpec {
  /**
   * Heads of facts; each is a token.
   * @minimum 2
   * @maximum 2000
   * @asType integer
   * @default 60
   */
  heads?: number;
  /**
   * Relations; each is a token, and of each head there is one fact by each.
   * @minimum 1
   * @maximum 200
   * @asType integer
   * @default 5
   */
  relations?: number;
  /**
   * Tails among which those of a relation are, each a token of its own.
   * @minimum 2
   * @maximum 1000
   * @asType integer
   * @default 12
   */
  tails?: number;
  /**
   * How many experts there are; each says as many documents, but for chance.
   * @minimum 1
   * @maximum 1000
   * @asType integer
   * @default 10
   */
  experts?: number;
  /**
   * Of how many facts an expert knows all or nothing: clusters of as many facts. By default each fact is a cluster of its own.
   * @minimum 1
   * @asType integer
   */
  clusters?: number;
  /**
   * The share of clusters that each expert knows. Of all other facts it believes something wrong, and always the same.
   * @exclusiveMinimum 0
   * @maximum 1
   * @default 0.4
   */
  knows?: number;
  /**
   * What experts speak of: each cluster with a weight of this where they know it, and of one minus this where they do not. 0.5 is no preference; at 1 they speak of
   * nothing else.
   * @minimum 0.5
   * @maximum 1
   * @default 0.5
   */
  prefers?: number;
  /**
   * What is wrong in what an expert believes: the tail, another of the relation's; or by halves the tail or the head.
   * @default "tail"
   */
  wrong?: 'tail' | 'headOrTail';
  /**
   * Documents for each fact, on average: the votes that can be counted.
   * @minimum 1
   * @maximum 100000
   * @asType integer
   * @default 400
   */
  visits?: number;
}

/**
 * Semantic structure (Lampinen et al. 2025, arXiv 2505.00661 and 2509.16189). A tree of nodes, each with properties that all below it inherit. Each document says some of what is true of one node, in random order:
 * "n30 is n5 .", "n30 belongs n5 .", "n5 includes n30 ."; "n30 has q61 .", "n30 shows q61 .", "q61 marks n30 .". Some facts are not said in one of the forms, some in none; of some leaves
 * nothing is said but what they are. What is asked can be chosen among other branches of the tree, where association is enough, or the same.
 */
export interface HierarchySpec {
  /**
   * Nodes below each: of the whole, of each node of the first level, and so on.
   * @minItems 2
   * @maxItems 5
   * @default [4, 4, 6]
   */
  levels?: number[];
  /**
   * Properties of each node that those above it have not.
   * @minimum 1
   * @maximum 8
   * @asType integer
   * @default 2
   */
  properties?: number;
  /**
   * Training documents about each node.
   * @minimum 1
   * @maximum 1000
   * @asType integer
   * @default 10
   */
  documents?: number;
  /**
   * Sentences of each document.
   * @minimum 1
   * @maximum 32
   * @asType integer
   * @default 5
   */
  sentences?: number;
  /**
   * Facts for each of rephrasing, reversal and syllogism that are held out; and how many are asked of what is trained, and of leaves of which the parent alone is known.
   * @minimum 1
   * @maximum 10000
   * @asType integer
   * @default 24
   */
  heldOut?: number;
  /**
   * Leaves of which nothing is said but what their parent is.
   * @minimum 1
   * @maximum 1000
   * @asType integer
   * @default 8
   */
  parentOnly?: number;
  /**
   * Answers among which the right one is to be chosen.
   * @minimum 2
   * @maximum 64
   * @asType integer
   * @default 16
   */
  choices?: number;
}

/**
 * Two hops (the third transcendence of Abreu et al. 2025, arXiv 2508.17669): communities know the facts of their own entities, "begin e3 r1 e7", and say some that follow from two, at once, "begin e3 r1 r4 e9", or
 * the entity between first, "begin e3 r1 r4 via e7 e9". Asked is what follows within communities and is not trained, and what follows across them, which none says. Networks can be
 * trained on one form of it alone: `"trainOn": "kind != chain"`.
 */
export interface HopsSpec {
  /**
   * Communities of entities.
   * @minimum 2
   * @maximum 200
   * @asType integer
   * @default 10
   */
  communities?: number;
  /**
   * Entities of each community; each is a token.
   * @minimum 3
   * @maximum 400
   * @asType integer
   * @default 10
   */
  entities?: number;
  /**
   * Relations; each is a token.
   * @minimum 1
   * @maximum 200
   * @asType integer
   * @default 8
   */
  relations?: number;
  /**
   * Relations by which each entity has another, by each one.
   * @minimum 1
   * @maximum 200
   * @asType integer
   * @default 5
   */
  degree?: number;
  /**
   * How many of these are of the same community; the others are of any other.
   * @minimum 1
   * @maximum 200
   * @asType integer
   * @default 4
   */
  inside?: number;
  /**
   * The share that is trained of all that follows within communities and is not held out.
   * @minimum 0
   * @maximum 1
   * @default 0.66
   */
  composed?: number;
  /**
   * What follows within communities and is held out, and as much that follows across them, which is asked.
   * @minimum 1
   * @maximum 100000
   * @asType integer
   * @default 100
   */
  heldOut?: number;
}

/**
 * Episodes (after Lampinen et al. 2025, arXiv 2505.00661): each tells facts that are true in it alone, "e3 r1 e7", a round of entities each of which leads to the next, and then asks for some of them,
 * forward or inverse, "e7 r1_inverse e3"; or it tells the premises of two syllogisms, "e3 e7 all", and asks what follows of them. Beside them there are rounds and syllogisms that stay: documents of one sentence say
 * each of their facts, inverses, premises and conclusions, for a later phase of training. What is told of these from the weights, and what from the context, is the question. Of episodes what is
 * asked alone counts. Columns `kind` (episode, syllogisms, fact, inverse, premise, conclusion) and `facts` choose documents: `"trainOn": "kind == episode"`.
 */
export interface EpisodesSpec {
  /**
   * Entities; each is a token.
   * @minimum 6
   * @maximum 4000
   * @asType integer
   * @default 64
   */
  entities?: number;
  /**
   * Relations; each and its inverse is a token.
   * @minimum 1
   * @maximum 200
   * @asType integer
   * @default 8
   */
  relations?: number;
  /**
   * Facts of a round that stays, and most of an episode: the fewest are 3.
   * @minimum 3
   * @maximum 64
   * @asType integer
   * @default 6
   */
  facts?: number;
  /**
   * What is asked at the end of each episode.
   * @minimum 1
   * @maximum 64
   * @asType integer
   * @default 4
   */
  questions?: number;
  /**
   * Episodes that are training documents; every third is one of syllogisms, where there are some that stay.
   * @minimum 1
   * @maximum 100000
   * @asType integer
   * @default 8192
   */
  episodes?: number;
  /**
   * Rounds of facts that stay, no two with an entity in common; 0: there are no facts at all, and all is of syllogisms, as many of each form.
   * @minimum 0
   * @maximum 100
   * @asType integer
   * @default 4
   */
  rounds?: number;
  /**
   * Syllogisms that stay, an even number, with terms of their own; 0: there are none at all.
   * @minimum 0
   * @maximum 100
   * @asType integer
   * @default 8
   */
  syllogisms?: number;
}

/**
 * Partial exposure (after Chan et al. 2022, arXiv 2210.05675): things of two features, each called by a label, "f3 g7 l1". Of two values of either feature, A and B, W and X, three things are told: AX, AW and BW. One of the
 * features decides the label, A and B, in half of the cases the first and in half the second. What BX is called is the question: like BW by a rule that one feature decides; as often like AX as like BW by similarity, of which each has half.
 * A further thing, CY, that has nothing in common with these, is told with the label of BW, so that both labels are told as often. Some quadruples stay and are trained, a document for each thing, with values of their own. What is
 * told in a context is learned from episodes: each tells four things that are new and have nothing in common, and asks for some of them.
 */
export interface ExposuresSpec {
  /**
   * Quadruples that stay, no two with a value of a feature in common.
   * @minimum 2
   * @maximum 1000
   * @asType integer
   * @default 32
   */
  quadruples?: number;
  /**
   * Values of each of the two features in episodes; each is a token.
   * @minimum 4
   * @maximum 1000
   * @asType integer
   * @default 32
   */
  features?: number;
  /**
   * Labels; each is a token, and a quadruple has two of them.
   * @minimum 4
   * @maximum 1000
   * @asType integer
   * @default 8
   */
  labels?: number;
  /**
   * Training documents of each thing that stays and is told.
   * @minimum 1
   * @maximum 10000
   * @asType integer
   * @default 32
   */
  repeats?: number;
  /**
   * Episodes that are training documents.
   * @minimum 1
   * @maximum 100000
   * @asType integer
   * @default 16384
   */
  episodes?: number;
  /**
   * Things that each of these asks for.
   * @minimum 1
   * @maximum 64
   * @asType integer
   * @default 4
   */
  questions?: number;
  /**
   * The share of these that tell things of a quadruple, and ask first for the fourth, with the label that the rule gives: who is trained on them is taught the rule. The column `asks` (what is asked first) chooses
   * others: `"trainOn": "asks != BX"`.
   * @minimum 0
   * @maximum 1
   * @default 0
   */
  byRule?: number;
}

/**
 * Latent gridworld (Lampinen et al. 2025, arXiv 2509.16189). Mazes of rooms in which objects lie. Each document is a shortest way to one of them: the object that is sought, the maze, and then in turn what is seen
 * around the place where one stands, in signs ("#" wall, "." floor, a letter an object), and the move that is made: "find_c m3 #.. ### .a. … ↗ …". In each maze some objects are passed by and never sought in training: whether the
 * network finds them is the question. What it is asked is a move, or to get there by its own moves within twice those of the shortest way.
 * An oracle brings, of the training documents of the maze that come within sight of what is sought, those that before it pass nearest by the start.
 */
export interface GridSpec {
  /**
   * Mazes; each is a token.
   * @minimum 1
   * @maximum 1000
   * @asType integer
   * @default 16
   */
  mazes?: number;
  /**
   * Rooms of a side of a maze; each is 3 by 3 places of floor.
   * @minimum 2
   * @maximum 8
   * @asType integer
   * @default 2
   */
  rooms?: number;
  /**
   * Objects of each maze, the same in all, at other places. Each is a letter.
   * @minimum 2
   * @maximum 24
   * @asType integer
   * @default 8
   */
  objects?: number;
  /**
   * How many of them are never sought in training; others in each maze.
   * @minimum 1
   * @maximum 23
   * @asType integer
   * @default 2
   */
  latent?: number;
  /**
   * Places of a side of what is seen; where one stands is in its middle.
   * @default 5
   */
  view?: 3 | 5 | 7;
  /**
   * Places of a row of what is seen that are one token; with 1 each place is a token.
   * @minimum 1
   * @maximum 3
   * @asType integer
   * @default 3
   */
  cells?: number;
  /**
   * Moves of a document: longer ways are cut at their end. Who goes by its own moves remembers as many views.
   * @minimum 1
   * @maximum 64
   * @asType integer
   * @default 6
   */
  moves?: number;
  /**
   * The share of places where no way of training begins: those that are asked begin there.
   * @minimum 0.01
   * @maximum 0.9
   * @default 0.25
   */
  heldOut?: number;
  /**
   * Ways that each evaluation set asks for, where there are so many.
   * @minimum 1
   * @maximum 1000
   * @asType integer
   * @default 64
   */
  questions?: number;
}

/**
 * Documents that are brought along, a JSON object a line: `{"tokens": ["a", "b", "c"], "set": "validation", "counts": [0, 0, 1], "options": ["c", "d"], "columns": {"kind": "both", "role": ["x", "y", "z"]}}`.
 * What has no `set` is trained; by default every token but the first counts; a column is one word for the document or one for each token.
 */
export interface FileSpec {
  /** The file, its path relative to this one. */
  path: string;
  /** The column by whose value at the first token an oracle finds the training documents that it brings for a document; without it there are none. */
  relevant?: string;
}
