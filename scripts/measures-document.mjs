// Writes docs/measures.md from what measures say of themselves. `--check` changes nothing and fails where the document is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from './bundled.mjs';
import { formatted } from './formatted.mjs';

const root = join(import.meta.dirname, '..');
const to = join(root, 'docs', 'measures.md');

const isOfChange = (name) => name.startsWith('change.');

const groups = [
  [
    'Behaviour',
    'of a replicate, at every checkpoint',
    ({ of }, name) => of === 'replicate' && !isOfChange(name),
  ],
  [
    'Changes of networks',
    'of a replicate of a network that is a change of another, at its end',
    (_, name) => isOfChange(name),
  ],
  ['Layers', 'of a layer', ({ of, by }) => of === 'site' && by.length === 0],
  [
    'Labels',
    'of a layer and a label (a feature or a task)',
    ({ of, by }) => of === 'site' && `${by}` === 'label',
  ],
  [
    'Components',
    'of a principal component of a layer',
    ({ of, by }) => of === 'site' && by.includes('component'),
  ],
  [
    'Shares of units',
    'of a layer and a share of its units, where `analyses.subsets` asks for it',
    ({ of, by }) => of === 'site' && by.includes('share'),
  ],
  [
    'Parts of the stimuli',
    'of a layer, a label and a part of the stimuli, where `analyses.variance` asks for it',
    ({ of, by }) => of === 'site' && by.includes('parts'),
  ],
  ['Units', 'of the units of a layer', ({ of, by }) => of === 'site' && by.includes('unit')],
  ['Pairs', 'of a layer of two replicates, or of two layers of one', ({ of }) => of === 'pair'],
];

const { measureInfos } = await product('src/measures/measures.ts');
const { measureSays } = await product('src/formats/measure-says.ts');
const { metrics } = await product('src/analysis/rdm/metrics/metrics.ts');
const { transforms } = await product('src/analysis/rdm/transforms/transforms.ts');
const nulls = JSON.parse(await readFile(join(root, 'docs', 'nulls.json'), 'utf8'));
const { similarities } = await product('src/analysis/similarity/similarities.ts');
const { probes } = await product('src/analysis/probe/probes.ts');
const { isOfProbe } = await product('src/protocol/probe-words.ts');
const { methods } = await product('src/analysis/rsa/methods/methods.ts');
// Measures of RDMs by what an experiment asks for if it says nothing; of probes those of one, which stand for all.
const all = Object.entries(
  measureInfos(
    {
      rdm: { metric: 'correlation', comparison: 'pearson', over: 'stimuli' },
      subsets: { drop: [] },
      counterparts: [],
      varianceParts: { part: '', labels: [] },
      madeModels: [],
      probe: {
        ...{
          kinds: ['logistic'],
          labels: [{ name: '', kind: 'classes' }],
          control: [],
          conflict: [['', '']],
        },
        ...{ over: 'training', transfer: true, between: ['kind'] },
      },
      dictionary: { size: 128, sparsity: { kind: 'topk', k: 4 } },
      answers: { temperatures: [1], margins: true },
    },
    [
      { isRandom: true, training: { phases: [] } },
      { training: { phases: [{ until: [1] }] } },
      ...['steer', 'rewrite'].map((kind) => ({ of: '', kind })),
    ],
  ),
);
const infos = all.filter(([name]) => !isOfProbe(name));
const ofProbes = all.filter(([name]) => isOfProbe(name));
const text = await formatted(to, document());
const old = await readFile(to, 'utf8').catch(() => '');
if (old !== text)
  if (process.argv.includes('--check')) {
    console.error('docs/measures.md is stale: run npm run measures');
    process.exitCode = 1;
  } else {
    await writeFile(to, text);
    console.log('wrote docs/measures.md');
  }

function document() {
  return [
    '# Measures',
    'What RepScope measures, in the words that `results.json` and the dashboard have, too. Made from the code by `npm run measures`: what is to be changed here is changed in the file of the measure (`src/measures/`).',
    'What is measured of activations is of the test set; regressions are fitted on the fit set. Hidden layers are recorded after their activation function, outputs as logits, without dropout. A value that is not defined is null and has its reason.',
    ...groups.flatMap(([title, of, belongs]) => [
      `## ${title}`,
      `One number ${of}.`,
      ...infos
        .filter(([name, info]) => belongs(info, name) && !isBeside(info))
        .flatMap(([name, info]) => section(name, info)),
    ]),
    '## RDMs',
    'Distances of `repscope rdm`, between the rows of an array or the means of conditions: p units, all of them, float64. RDMs are written as squares, and printed as upper triangles row by row; a distance that is not defined is null (NaN in files).',
    ...metrics.flatMap((metric) => section(metric.name, metric)),
    '## Transforms of RDMs',
    'What `repscope rdm --transform` makes of the distances of an RDM; those that are not defined stay so, and count for nothing.',
    ...transforms.flatMap((transform) => section(transform.name, transform)),
    '## Comparing RDMs',
    'Methods of `repscope compare-rdms`, over the pairs of stimuli for which both have a distance. With `--partial` (Pearson, Spearman, tau-b, cosine, whitened) the similarity with each model RDM is that with the others held: −p₀ₖ / √(p₀₀ pₖₖ) of the inverse p of the similarities of all with all. With `--regression` (Pearson, cosine, whitened) an RDM is a sum of model RDMs, weighted by least squares (by Pearson: with an intercept; whitened: generalised by V), with `--non-negative` by weights of 0 or more (Lawson & Hanson 1974): `value` is the similarity of that sum with the RDM, `unique` by how much its square falls without a model, `acrossStimuli` the mean of the similarities over the pairs of stimuli of a fold, the weights fitted to the pairs of all others (2 to 5 folds), `acrossRdms` the similarity where weights are fitted to the mean of all other RDMs.',
    ...methods.flatMap((method) => section(method.name, method)),
    '## Inference on model RDMs',
    'What `repscope rsa` says, by each method of comparing RDMs but Bures, as rsatoolbox has it (Schütt and others 2023, eLife 12:e82566). The score of a model is the mean of its similarities with the RDMs of all subjects. The upper noise ceiling is the mean similarity of the subjects’ RDMs with their pooled RDM, the lower one that of each with the pooled RDM of all others; pooled is the mean of RDMs that were divided by their root mean square (cosine), standardised (Pearson) or ranked (others; Kendall’s tau too, of which it is not quite the best). One RDM has no ceiling.',
    'The bootstrap draws as many stimuli, subjects or both as there are, with replacement; a stimulus that was drawn twice makes no pair with itself, and draws in which a number is not defined are left out. Over one of both the variance is times n / (n − 1); over both it is the dual bootstrap’s: S/(S−1) s + T/(T−1) t − S T/((S−1)(T−1)) (v − s − t), at least either of the first two terms and at most v, where v is the variance of both drawn, s that of S subjects and t that of T stimuli alone. By t the interval is that of Student’s t around the score, with the smaller number of what is drawn less 1 as degrees of freedom; the tests are one-sided above 0, two-sided between models and against the lower ceiling. By shares of draws the interval is between their quantiles, and p is (1 + draws on the other side) / (1 + all), twice that between models. Scores are of the data, not means over draws: with stimuli drawn twice these are biased. p-values are corrected within each of the three kinds of test: by the false discovery rate (Benjamini & Hochberg 1995), or by Bonferroni.',
    'With `--weighted` (Pearson, cosine, whitened) the sum of all models is one more, and every score and ceiling is cross-validated over 2 to 5 folds of the stimuli and of the subjects: weights of 0 or more are fitted to the pooled RDM of some subjects at the pairs of some stimuli, and the sum is scored by the others at the pairs of the others. Scores of the data are means over 10 assignments to folds, of each draw over 2, whose noise is taken off the variance: (k v − w) / (k − 1) of the variance v of means of k assignments and the variance w of one. What is left of few draws is noisy: take 1,000 at least.',
    '## Similarity of two recordings',
    'Measures of `repscope similarity`, of two arrays with the same stimuli in their rows: X and Y, stimuli × units, float64, units centred. With `--null N` the stimuli of the second are permuted N times and the same measure is taken again (arXiv 2602.14486): calibrated = (score − mean under permutation) / (value of what is the same − that mean), p = (1 + permutations at least as good) / (1 + N). Of a measure that has a direction `value` is from the first array to the second, and `reverse` beside it the other way round.',
    'In an experiment `"analyses": { "similarity": { "measures": ["cka-debiased", "procrustes"], "null": 1000 } }` asks for any of them: of every two replicates at their last hidden layer and at the best pair of hidden layers (`bestPair`: the best score of all), and of every two layers of a replicate; of a measure that has a direction the mean of both. `"units": ["raw", "z-scored", "whitened"]` beside them asks for each measure of the units as they are, of units of one variance each, and of directions of one variance each (`--units` on the command line): `similarity(NAME, z-scored)`. They are `similarity(NAME)` in results, with `.null` (mean under permutation), `.calibrated` and `.p` beside. Of CKA, RSA and the mean squared canonical correlation, whose scores are products of two matrices of stimuli × stimuli by a constant, the moments of all permutations are known: the mean is exact, and p is what (1 + permutations at least as good) / (1 + N) would be on average, by the Pearson type III distribution with the exact mean, variance and skewness (Kazi-Aoual and others 1995; Josse, Pagès & Husson 2008, Computational Statistics & Data Analysis 53, 82–91). The null of the best pair is that of the maximum: of these measures over N draws of normal variables that are correlated as the scores are under permutation, each bent to its own moments; of all others over N permutations, each with one order of the stimuli for all layers. Of 3,000 pairs of independent random networks (200 of each of these measures and of 32, 64 and 128 stimuli; three layers of 8 to 128 leaky rectified units) 4.9 % had p ≤ .05 at one layer, and 5.7 % at the best pair; mean calibrated scores were within .01 of 0.',
    ...similarities.flatMap((measure) => section(measure.name, measure)),
    ...nullTable(),
    '## Components and units of an array',
    "`repscope pca` and `repscope selectivity` have the definitions of experiments, for all rows of an array: components of units that are centred, shares λ / Σλ, variances divided by n − 1, the entry of largest size of each component's loadings positive; participation ratio, d′, AUROC, correlation and class selectivity as above, the second of two values against the first, of more values each against the rest. Rows in which the label is empty or `nan` are left out. Where numbers are of double precision a spread up to 2⁻⁴⁴ of the unit's largest activation counts as rounding (2⁻²⁰ of single).",
    '## Probes',
    'Probes of `repscope probe`, which tell a label (a column of a table) from the rows of an array. Activations are centred and divided by one number on the rows that a probe is fitted on, so that their total variance there is 1: λ is a share of the variance. Five folds (fewer where the rarest class has fewer stimuli) keep equal rows together (equal in the inputs, where they are given; rows of one `--group`), with classes as frequent in each as they can be. λ is the one with the least loss over three folds within what is fitted on (one of them for the small network), of 10 to 10⁻⁶ (0.01 to 10⁻⁵). Nothing that is scored was fitted on.',
    '- **Scores**, means over folds: balanced accuracy (mean over the classes of a fold of the share that is right), accuracy, area under the ROC curve of the second of two classes; of real labels R² = 1 − Σ(prediction − label)² / Σ(label − its mean in the fold)². `standardErrorOverFolds` is the standard deviation over folds by √ folds: folds share most of what is fitted on, so that it is no interval.\n- **Chance**: the accuracy of the class that is most frequent where the probe was fitted; 1 / classes for balanced accuracy; ½ for the area; 0 for R².\n- **Control task** (Hewitt and Liang 2019, arXiv 1909.03368): labels are dealt anew among the combinations of the values of `--control` columns (without them among stimuli), so that they can only be memorised; mean over three such tasks, none of which only renames the classes. Selectivity is score − that of the control task.\n- **Cautions**: where the mean over folds of the difference from chance, from the inputs or from the untrained network is at most its standard error over folds, a sentence says that the probe is no better.\n- **Conflict** (`--agree`): fitted on rows where two labels agree; the shares of the rows where they do not in which it follows each.\n- **Transfer** (`--to`): fitted on the rows of one array and scored on the held-out rows of another with the same units.',
    ...probes.flatMap((probe) => section(probe.name, { ...probe, range: 'atMostAll' })),
    '## Probes of experiments',
    'What `"probe"` in the `analyses` of an experiment measures, at the end of training of each replicate and layer, here of `logistic`; of the others it is `probe.ridge`, `probe.nearest-mean`, `probe.mlp`. Coordinates and penalties are those above. A probe is fitted on the fit set and scored on the test set, once; where both have stimuli with one input row (of a table: one of its rows), five times, each time without the stimuli of one fold, which are scored. Folds, within what is fitted on, too, keep equal input rows together and have each combination of the labels as often as can be. The score is balanced accuracy; of real labels R² (`probe.ridge.r2`), as above. The control task is drawn once a replicate. In `tables/probes.csv`.',
    ...ofProbes.flatMap(([name, info]) => section(name, info)),
  ].join('\n\n');
}

function isBeside({ beside }) {
  return infos.some(([name]) => name === beside);
}

function section(name, info) {
  const beside = infos.filter(([, other]) => other.beside === name);
  return [
    `### ${info.title}`,
    `\`${name}\``,
    measureSays(info)
      .map(([heading, said]) => `- **${heading}**: ${plain(said)}`)
      .join('\n'),
    ...(beside.length === 0 ? [] : ['Beside it:']),
    ...(beside.length === 0
      ? []
      : [beside.map(([own, { title, formula }]) => `- \`${own}\` (${title}): ${plain(formula)}`).join('\n')]),
  ];
}

/** What similarities say of independent random networks (docs/nulls.json, by scripts/nulls.mjs). */
function nullTable() {
  const { permutations, found } = nulls;
  const sizes = [...new Set(found.map(({ units, stimuli }) => `${units} × ${stimuli}`))];
  const rounded = (value) => (value === null ? '–' : (Math.round(value * 100) / 100 + 0).toFixed(2));
  const rows = similarities.map(({ name }) => {
    const own = found.filter(({ measure }) => measure === name);
    const cells = sizes.map((size) => {
      const cell = own.find(({ units, stimuli }) => `${units} × ${stimuli}` === size);
      return cell && cell.pairs > 0
        ? `${rounded(cell.raw)} → ${rounded(cell.calibrated)}, ${percent(cell.alarms, cell.pairs)}`
        : '';
    });
    const sum = (key) => own.reduce((all, cell) => all + cell[key], 0);
    return [`\`${name}\``, ...cells, `${percent(sum('alarms'), sum('pairs'))} of ${sum('pairs')}`];
  });
  const [alarms, pairs] = ['alarms', 'pairs'].map((key) => found.reduce((sum, cell) => sum + cell[key], 0));
  const head = ['measure', ...sizes, 'false alarms'];
  return [
    '### Independent random networks',
    `What each measure says of pairs of networks that have nothing in common: one layer of leaky rectified units with random weights each, over random inputs of its own (8 of them), 100 pairs of a size, 40 and 20 of large ones. Under *units × stimuli*: mean score → mean calibrated score, and the share of pairs with p ≤ .05, of ${permutations} permutations; 5 % are wanted; of 100 pairs up to 10 are within chance, of 40 up to 5, of 20 up to 3. All together: ${percent(alarms, pairs, 1)} of ${pairs.toLocaleString('en')}. No calibrated score (–): chance is as good as can be. Empty: not measured, as a permutation takes seconds. Made by \`npm run nulls\`.`,
    [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  ];
}

function percent(part, all, digits = 0) {
  return `${((100 * part) / all).toFixed(digits)} %`;
}

/** Text in Markdown that is read as it stands. */
function plain(said) {
  return said.replaceAll(/[\\`*_<>[\]|~]/g, String.raw`\$&`);
}

/** What a file of the product exports. */
async function product(file) {
  return import(pathToFileURL(await bundled(join(root, file), join(root, 'out'), 'esm')).href);
}
