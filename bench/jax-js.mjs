// The plain stack of the bench in `@jax-js/jax` as it comes, in its WebAssembly: the whole step, Adam written out, is one compiled function.
//   node jax-js.js FILE    the package's main file; then as serve.ts
import { pathToFileURL } from 'node:url';
import { stream } from '../src/core/stream';
import { keeper, serve } from './serve';
import { SIZES, stackJob } from './stack';

const jax = await import(pathToFileURL(process.argv[2]).href);
const { numpy: np, jit, valueAndGrad } = jax;
// All that there is would look for graphics processors, and a browser.
await jax.init('wasm');
jax.defaultDevice('wasm');

const random = stream('jax-js');
const [beta1, beta2, learningRate, epsilon] = [0.9, 0.999, 1e-3, 1e-8];

/** Whoever is passed an array has used it up: `ref` is for another use of it. */
function loss(layers, x, y) {
  layers.forEach(({ w, b }, at) => {
    x = np.matmul(x, w).add(b);
    if (at < layers.length - 1) x = np.maximum(x, 0);
  });
  const large = np.maximum(x.ref, 0).sub(x.ref.mul(y));
  return np.mean(large.add(np.log(np.exp(np.negative(np.abs(x))).add(1))));
}

/** One weight matrix, or the biases of a layer: the new ones, with their moments. */
function adam(p, gradient, m, v, size, small) {
  const first = m.mul(beta1).add(gradient.ref.mul(1 - beta1));
  const second = v.mul(beta2).add(gradient.ref.mul(gradient).mul(1 - beta2));
  return [p.sub(first.ref.mul(size.ref).div(np.sqrt(second.ref).add(small.ref))), first, second];
}

const step = jit((layers, m, v, inputs, truth, rows, size, small) => {
  const held = layers.map(({ w, b }) => ({ w: w.ref, b: b.ref }));
  const [value, gradient] = valueAndGrad(loss)(held, np.take(inputs, rows.ref, 0), np.take(truth, rows, 0));
  const next = layers.map((layer, at) =>
    ['w', 'b'].map((key) => adam(layer[key], gradient[at][key], m[at][key], v[at][key], size, small)),
  );
  size.dispose();
  small.dispose();
  return [...[0, 1, 2].map((kind) => next.map(([w, b]) => ({ w: w[kind], b: b[kind] }))), value];
});

function stack(batch) {
  const { inputs: data, labels } = stackJob(batch);
  const inputs = np.array(data.data).reshape([data.rows, data.cols]);
  const truth = np.stack(
    labels.map(({ values }) => np.array(values)),
    1,
  );
  let layers = SIZES.slice(1).map((units, at) => {
    const scale = Math.sqrt(2 / (SIZES[at] + units));
    const w = np.array(Float32Array.from({ length: SIZES[at] * units }, () => scale * random.normal()));
    return { w: w.reshape([SIZES[at], units]), b: np.zeros([units]) };
  });
  const none = () => layers.map(({ w, b }) => ({ w: np.zeros(w.shape), b: np.zeros(b.shape) }));
  let [m, v] = [none(), none()];
  let steps = 0;
  return async () => {
    steps++;
    const rows = Int32Array.from({ length: batch }, () => random.below(data.rows));
    const correction = Math.sqrt(1 - beta2 ** steps);
    const size = np.array((learningRate * correction) / (1 - beta1 ** steps));
    let value;
    [layers, m, v, value] = step(
      ...[layers, m, v, inputs.ref, truth.ref],
      ...[np.array(rows, { dtype: np.int32 }), size, np.array(epsilon * correction)],
    );
    await jax.blockUntilReady(layers);
    if (!Number.isFinite(value.js())) throw new Error('jax-js computed a loss that is not finite.');
  };
}

const kept = keeper(async (action) => {
  // The first call compiles.
  for (let i = 0; i < 3; i++) await action();
});
void serve({ steps: ({ batch }) => kept(String(batch), () => stack(batch)) }, {});
