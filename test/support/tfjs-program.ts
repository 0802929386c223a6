import * as tf from '@tensorflow/tfjs';
import { parameterPlaces, type Operation, type Program } from '../../src/training/graph/program';

/** A program in TensorFlow.js, which differentiates it by itself: documents of one length, of which every token but the first counts. */
export class TfjsProgram {
  readonly #program: Program;
  readonly variables: readonly tf.Variable[];
  readonly #byName: ReadonlyMap<string, tf.Variable>;

  constructor(program: Program, parameters: Float32Array) {
    this.#program = program;
    const places = parameterPlaces(program);
    this.variables = places.map(({ offset, rows, units }) =>
      tf.variable(tf.tensor2d(parameters.subarray(offset, offset + rows * units), [rows, units])),
    );
    this.#byName = new Map(places.map(({ name }, i) => [name, this.variables[i]]));
  }

  /** Mean cross-entropy of documents × (positions + 1) tokens. */
  loss(tokens: tf.Tensor2D): tf.Scalar {
    const [documents, length] = tokens.shape;
    const inputs = tokens.slice([0, 0], [documents, length - 1]).toInt();
    const labels = tf.oneHot(tokens.slice([0, 1], [documents, length - 1]).toInt(), this.#program.vocabulary);
    const values = new Map<string, tf.Tensor>();
    let last: tf.Tensor = inputs;
    for (const operation of this.#program.operations) {
      last = this.#compute(operation, inputs, (name) => values.get(name)!);
      values.set(operation.to, last);
    }
    return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(last)), -1)));
  }

  #compute(operation: Operation, inputs: tf.Tensor, of: (name: string) => tf.Tensor): tf.Tensor {
    const parameter = (name: string): tf.Tensor2D => this.#byName.get(name) as tf.Tensor2D;
    const [documents, positions] = inputs.shape;
    switch (operation.kind) {
      case 'embed': {
        const table = parameter(operation.table);
        const hot = tf.oneHot(inputs.flatten().toInt(), table.shape[0]).toFloat();
        const embedded = tf.matMul(hot, table).reshape([documents, positions, table.shape[1]]);
        return tf.add(embedded, parameter(operation.positions).slice([0, 0], [positions, table.shape[1]]));
      }
      case 'layerNorm': {
        const x = of(operation.from);
        const centred = tf.sub(x, tf.mean(x, -1, true));
        const variance = tf.mean(tf.square(centred), -1, true);
        const normal = tf.div(centred, tf.sqrt(tf.add(variance, 1e-5)));
        return tf.add(tf.mul(normal, parameter(operation.gain)), parameter(operation.bias));
      }
      case 'linear': {
        const x = of(operation.from);
        const weights = parameter(operation.weights);
        const table =
          this.#program.parameters.find(({ name }) => name === operation.weights)!.kind === 'table';
        const flat = x.reshape<tf.Tensor2D>([documents * positions, x.shape[2]!]);
        const product = tf.matMul(flat, weights, false, table);
        const z = operation.bias === undefined ? product : tf.add(product, parameter(operation.bias));
        const y =
          operation.activation === 'relu'
            ? tf.relu(z)
            : operation.activation === 'gelu'
              ? tf.mul(tf.mul(z, 0.5), tf.add(tf.erf(tf.mul(z, Math.SQRT1_2)), 1))
              : z;
        return y.reshape([documents, positions, product.shape[1]!]);
      }
      case 'attention':
        return attention(of(operation.from), operation.heads);
      case 'add':
        return tf.add(of(operation.stream), of(operation.update));
      case 'select':
        return of(operation.from);
    }
  }
}

function attention(qkv: tf.Tensor, heads: number): tf.Tensor {
  const [documents, positions, units] = qkv.shape as [number, number, number];
  const width = units / 3;
  const split = (part: number): tf.Tensor =>
    qkv
      .slice([0, 0, part * width], [documents, positions, width])
      .reshape([documents, positions, heads, width / heads])
      .transpose([0, 2, 1, 3]);
  const ahead = tf.linalg
    .bandPart(tf.ones([positions, positions]), -1, 0)
    .sub(1)
    .mul(1e9);
  const scores = tf.mul(tf.matMul(split(0), split(1), false, true), (width / heads) ** -0.5);
  const probabilities = tf.softmax(tf.add(scores, ahead));
  return tf.matMul(probabilities, split(2)).transpose([0, 2, 1, 3]).reshape([documents, positions, width]);
}
