import type { Operation, Program, ProgramParameter, Site } from './program';

export interface TransformerSpec {
  /** Tokens that there are. */
  readonly vocabulary: number;
  /** Tokens of the longest document. */
  readonly length: number;
  readonly layers: number;
  /** Units of the residual stream; a multiple of the number of heads. */
  readonly width: number;
  readonly heads: number;
  /** Units of the MLP of each layer. */
  readonly hidden: number;
  readonly activation: 'relu' | 'gelu';
  /** Whether the table of tokens is the readout, too. */
  readonly tied: boolean;
  /** Times the standard deviation of initial weights; 1 where it is absent. */
  readonly initialScale?: number;
}

/** Standard deviation of initial weights, as in GPT-2, where nothing else is asked for. */
const DEVIATION = 0.02;

/**
 * A causal transformer with layer normalisation before attention and MLP, and before the readout (GPT-2's form and initial weights):
 * learned positions, biases everywhere but in the readout.
 *
 * Sites: `embedding` (token and position); of each layer `attention` (what it adds to the residual stream), `mlp` (hidden units after the
 * activation function) and `residual` (the stream after the layer); `readout` (logits).
 */
export function transformer(spec: TransformerSpec): Program {
  const { vocabulary, length, width, heads, initialScale = 1 } = spec;
  const usual = DEVIATION * initialScale;
  const parameters: ProgramParameter[] = [
    table('tokens', vocabulary, width, usual),
    { name: 'positions', kind: 'line', rows: length, units: width, initial: { deviation: usual } },
  ];
  const operations: Operation[] = [
    { kind: 'embed', table: 'tokens', positions: 'positions', to: 'embedding' },
  ];
  const sites: Site[] = [{ name: 'embedding', value: 'embedding', units: width, table: 'tokens' }];
  let stream = 'embedding';

  const norm = (name: string, from: string): string => {
    parameters.push(line(`${name}.gain`, width, 1), line(`${name}.bias`, width, 0));
    operations.push({ kind: 'layerNorm', from, gain: `${name}.gain`, bias: `${name}.bias`, to: name });
    return name;
  };
  const linear = (
    name: string,
    from: string,
    inputs: number,
    outputs: number,
    { deviation = usual, ...more }: { deviation?: number; activation?: 'relu' | 'gelu' } = {},
  ): string => {
    const [weights, bias] = [`${name}.weights`, `${name}.bias`];
    parameters.push(
      { name: weights, kind: 'weights', rows: inputs, units: outputs, initial: { deviation } },
      line(bias, outputs, 0),
    );
    operations.push({ kind: 'linear', from, weights, bias, to: name, ...more });
    return name;
  };
  // What is added to the residual stream begins the smaller the more there is to add.
  const small = { deviation: usual / Math.sqrt(2 * spec.layers) };

  for (let l = 1; l <= spec.layers; l++) {
    const layer = `layer${l}`;
    const queries = linear(`${layer}.qkv`, norm(`${layer}.norm1`, stream), width, 3 * width);
    operations.push({ kind: 'attention', from: queries, heads, to: `${layer}.heads` });
    const attention = linear(`${layer}.attention`, `${layer}.heads`, width, width, small);
    operations.push({ kind: 'add', stream, update: attention, to: `${layer}.middle` });
    const { activation } = spec;
    const normal = norm(`${layer}.norm2`, `${layer}.middle`);
    const hidden = linear(`${layer}.mlp`, normal, width, spec.hidden, { activation });
    const update = linear(`${layer}.mlpOut`, hidden, spec.hidden, width, small);
    operations.push({ kind: 'add', stream: `${layer}.middle`, update, to: `${layer}.residual` });
    stream = `${layer}.residual`;
    sites.push(
      { name: attention, value: attention, units: width },
      { name: hidden, value: hidden, units: spec.hidden },
      { name: stream, value: stream, units: width },
    );
  }

  operations.push({ kind: 'select', from: stream, to: 'selected' });
  const last = norm('norm', 'selected');
  const weights = spec.tied ? 'tokens' : 'readout';
  if (!spec.tied) parameters.push(table(weights, vocabulary, width, usual));
  operations.push({ kind: 'linear', from: last, weights, to: 'logits' });
  sites.push({ name: 'readout', value: 'logits', units: vocabulary, table: weights });
  return { parameters, operations, sites, vocabulary, length };
}

function table(name: string, rows: number, units: number, deviation: number): ProgramParameter {
  return { name, kind: 'table', rows, units, initial: { deviation } };
}

function line(name: string, units: number, value: number): ProgramParameter {
  return { name, kind: 'line', rows: 1, units, initial: { value } };
}
