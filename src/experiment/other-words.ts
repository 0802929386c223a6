/** What other programs and papers call the keys and choices of the file. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  learningRate: ['lr', 'learning rate', 'eta', 'step size'],
  batchSize: ['bs', 'batch', 'minibatch'],
  epochs: ['n epochs', 'num epochs', 'max epochs'],
  steps: ['iterations', 'iters', 'updates'],
  weightDecay: ['wd', 'l2', 'decay'],
  hidden: ['layers', 'units', 'widths', 'sizes', 'hidden sizes'],
  activation: ['nonlinearity', 'transfer'],
  initializer: ['init'],
  initialScale: ['gain', 'scale'],
  optimizer: ['opt', 'solver', 'algorithm'],
  seeds: ['replicates', 'runs', 'n seeds', 'num seeds'],
  networks: ['models', 'conditions'],
  inputNoise: ['noise'],
  prevalence: ['probability', 'probabilities', 'p'],
  stopWhen: ['early stopping', 'patience'],
  epsilon: ['eps'],
  values: ['classes', 'levels', 'categories'],
  gaussian: ['real', 'normal', 'continuous'],
  confidence: ['alpha', 'ci'],
  comparison: ['correlation'],
  kendall: ['tau', 'tau a', 'tau b', 'kendall tau', 'kendalltau', 'rho a'],
  spearman: ['rank', 'rho'],
  squaredEuclidean: ['sqeuclidean', 'mse'],
  '±1': ['+-1', '+/-1', '-1/1', '-1/+1', '-1,1', 'pm1', 'bipolar', 'spin', '-11'],
  '01': ['0/1', '0,1', 'binary', 'bool'],
  linear: ['identity', 'none'],
  leakyRelu: ['lrelu'],
  glorotUniform: ['xavier', 'xavier uniform', 'glorot'],
  glorotNormal: ['xavier normal'],
  heNormal: ['kaiming', 'kaiming normal', 'he'],
  heUniform: ['kaiming uniform'],
  lecunNormal: ['lecun'],
  pytorch: ['torch', 'default'],
  exponential: ['exp'],
  count: ['sum', 'number', 'total', 'len'],
  parity: ['odd', 'mod2'],
  all: ['and', 'every', 'min'],
  any: ['or', 'some', 'max'],
};

/** The one of these names that others call what was written; null where there is none. */
export function inOtherWords(written: string, names: Iterable<string>): string | null {
  const word = plain(written);
  for (const name of names) {
    const others = Object.hasOwn(OTHER_WORDS, name) ? OTHER_WORDS[name] : [];
    if (others.some((other) => plain(other) === word)) return name;
  }
  return null;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/(?<=\p{L})[-_ ](?=\p{L})/gu, ' ');
}
