/**
 * Activation functions as passes over a layer's batch octets: `values` holds z and becomes the activations, `slopes` becomes
 * the derivative, which the backward product multiplies by. `count` is the number of registers (4 floats), at least 1.
 */
import { rectified, rectifiedSlope } from './forward';
import { gaussian, normalCdf, sigmoid, tanh } from './math';

/** relu (leak 0), leakyRelu and linear (leak 1), where dropout follows; else they are part of `forwardRectified`. */
export function activateRectified(values: usize, slopes: usize, count: i32, leak: f32): void {
  const leaks = f32x4.splat(leak);
  do {
    const z = v128.load(values);
    const slope = rectifiedSlope(z, leaks);
    v128.store(slopes, slope);
    v128.store(values, rectified(z, slope));
    values += 16;
    slopes += 16;
  } while (--count);
}

/** tanh; its derivative is 1 − y². */
export function activateTanh(values: usize, slopes: usize, count: i32): void {
  do {
    const y = tanh(v128.load(values));
    v128.store(values, y);
    v128.store(slopes, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
    values += 16;
    slopes += 16;
  } while (--count);
}

/** The logistic function; its derivative is y (1 − y). */
export function activateSigmoid(values: usize, slopes: usize, count: i32): void {
  do {
    const y = sigmoid(v128.load(values));
    v128.store(values, y);
    v128.store(slopes, f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)));
    values += 16;
    slopes += 16;
  } while (--count);
}

/** The exact gelu z Φ(z); its derivative is Φ(z) + z φ(z), φ(z) = exp(−z² / 2) / √(2π). */
export function activateGelu(values: usize, slopes: usize, count: i32): void {
  const density = f32x4.splat(0.3989422804014327);
  do {
    const z = v128.load(values);
    const bell = gaussian(z);
    const cdf = normalCdf(z, bell);
    v128.store(values, f32x4.mul(z, cdf));
    v128.store(slopes, f32x4.add(cdf, f32x4.mul(z, f32x4.mul(bell, density))));
    values += 16;
    slopes += 16;
  } while (--count);
}
