import { stream } from '../../core/stream';
import type { Parameters } from '../engine';
import { parameterPlaces, programParameterCount, type Program } from './program';

/**
 * The initial parameters of one replicate: normal draws in float64, parameter by parameter in the order of the program, row-major,
 * rounded to float32.
 *
 * @param network its name
 */
export function initializeProgram(program: Program, network: string, seed: number): Parameters {
  const random = stream('weights', network, seed);
  const parameters = new Float32Array(programParameterCount(program));
  for (const { initial, offset, rows, units } of parameterPlaces(program)) {
    for (let i = offset; i < offset + rows * units; i++)
      parameters[i] = 'value' in initial ? initial.value : initial.deviation * random.normal();
  }
  return parameters;
}
