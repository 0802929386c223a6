import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/stream';
import { instantiateKernels, type NativeKernels } from '../../../src/numerics/kernels/kernels';
import type { Kernels } from '../../../src/numerics/kernels/signatures';

/** What was built, and the source of 512 bits for processors of 256, which `npm test` builds beside it: every set that this processor has. */
const sets = ['dist/lanes.node', 'dist/split/lanes.node']
  .map((file) => join(process.cwd(), file))
  .filter((file) => existsSync(file))
  .flatMap((file) =>
    Object.values(createRequire(file)(file) as Record<string, NativeKernels & { says: string }>),
  )
  .map(({ says, ...native }) => ({ says, native }));
const random = stream('lanes');
const below = (most: number): number => 1 + random.below(most);

/** Of 64 kB each. */
const pages = 32;
/** Numbers as training meets them: some are 0, some below it. */
const numbers = Float32Array.from({ length: pages * 16384 }, () =>
  random.below(9) === 0 ? 0 : random.normal(),
);

/** As many bytes of numbers of float64. */
const doubles = Float64Array.from({ length: pages * 8192 }, () => random.normal());

/** A memory full of them, whose arrays are reserved one after the other. */
class Arrays {
  readonly memory = new WebAssembly.Memory({ initial: pages });
  #end = 64;

  constructor() {
    new Float32Array(this.memory.buffer).set(numbers);
  }

  /** Address of so many numbers of float32. */
  of(count: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + count * 4) / 64) * 64;
    if (this.#end > this.memory.buffer.byteLength) throw new Error('The memory of the test is too small.');
    return address;
  }

  doubles(count: number): number {
    const address = this.of(count * 2);
    new Float64Array(this.memory.buffer, address, count).set(
      doubles.subarray(address / 8, address / 8 + count),
    );
    return address;
  }

  /** The same number in some places. */
  fill(address: number, from: number, to: number, value: number, wide: boolean): void {
    const { buffer } = this.memory;
    (wide ? new Float64Array(buffer, address, to) : new Float32Array(buffer, address, to)).fill(value, from);
  }

  /** Squares: no second moment is negative. */
  squares(count: number): number {
    const address = this.of(count);
    const numbers = new Float32Array(this.memory.buffer, address, count);
    for (let at = 0; at < count; at++) numbers[at] **= 2;
    return address;
  }

  squares64(count: number): number {
    const address = this.doubles(count);
    const numbers = new Float64Array(this.memory.buffer, address, count);
    for (let at = 0; at < count; at++) numbers[at] **= 2;
    return address;
  }

  /** Entries of tables (assembly/bit-table.ts): a pattern of the group's table. */
  entries(lines: number, groupUnits: number, tables: number): number {
    const address = this.of(lines * groupUnits);
    const entries = new Uint32Array(this.memory.buffer, address, lines * groupUnits);
    for (let quad = 0, at = 0; quad < lines / 4; quad++)
      for (let group = 0; group < groupUnits; group++)
        for (let line = 0; line < 4; line++, at++)
          entries[at] = tables + (group % 32) * 512 + 32 * random.below(16);
    return address;
  }
}

const padded = (count: number): number => Math.ceil(count / 8) * 8;

interface Sizes {
  readonly inputs: number;
  readonly outputs: number;
  readonly rows: number;
}

type Parameters = (arrays: Arrays, sizes: Sizes) => (number | boolean)[];

const layer: Parameters = (arrays, { inputs, outputs, rows }) => {
  const [i, o, r] = [padded(inputs), padded(outputs), padded(rows)];
  return [
    arrays.of(r * i),
    arrays.of(i * o),
    arrays.of(o),
    arrays.of(r * o),
    inputs,
    i,
    o,
    r / 8,
    Math.ceil(outputs / 4),
  ];
};

const bitLayer: Parameters = (arrays, { inputs, outputs, rows }) => {
  const [i, o, r] = [padded(inputs), padded(outputs), padded(rows)];
  const groups = Math.ceil(inputs / 4);
  const groupUnits = Math.ceil(groups / 4) * 4;
  const tables = arrays.of(32 * 128 + 64);
  const entries = arrays.entries(r, groupUnits, tables);
  return [
    ...[
      entries,
      arrays.of(groups * 4),
      arrays.of(groups * 4),
      arrays.of(i * o),
      arrays.of(o),
      tables,
      arrays.of(r * o),
    ],
    ...[groups, groupUnits, i, o, r / 8],
  ];
};

/** Slopes, activations once more, rows and the slope below 0. */
const rectified: Parameters = (arrays, { outputs, rows }) => {
  const [o, r] = [padded(outputs), padded(rows)];
  return [arrays.of(r * o), arrays.of(r * o), r, 0.01];
};

const weights = (moments: number, constants: number[]): Parameters => {
  return (arrays, { inputs, outputs }) => {
    const [i, o] = [padded(inputs), padded(outputs)];
    return [
      ...[arrays.of(i * o), arrays.of(i * o), arrays.of(i * o)],
      ...[arrays.of(i * o), arrays.squares(i * o)].slice(0, moments),
      ...[i, o, Math.ceil(inputs / 4), o / 8, ...constants],
    ];
  };
};

const biases = (moments: number, constants: number[]): Parameters => {
  return (arrays, { outputs }) => {
    const o = padded(outputs);
    return [
      arrays.of(o),
      arrays.of(o),
      ...[arrays.of(o), arrays.squares(o)].slice(0, moments),
      o / 8,
      ...constants,
    ];
  };
};

/** Indices below `most`. */
const indices = (arrays: Arrays, count: number, most: number): number => {
  const address = arrays.of(count);
  const all = new Uint32Array(arrays.memory.buffer, address, count);
  for (let at = 0; at < count; at++) all[at] = random.below(most);
  return address;
};

const turned: Parameters = (arrays, { inputs, rows }) => {
  const [i, r] = [padded(inputs), padded(rows)];
  return [arrays.of(r * i), i, arrays.of(r * i), r, r / 8, Math.ceil(inputs / 4)];
};

/** Queries, keys and values of up to three heads at up to 19 positions, and as many probabilities. */
function attending(arrays: Arrays, { inputs, outputs, rows }: Sizes) {
  const [length, heads, headUnits] = [1 + (rows % 19), 1 + (inputs % 3), 1 + (outputs % 18)];
  const [units, outUnits] = [padded(3 * heads * headUnits), padded(heads * headUnits)];
  const [qkv, probabilities] = [arrays.of(length * units * 8), arrays.of(heads * length ** 2 * 8)];
  return { qkv, units, probabilities, outUnits, length, heads, headUnits };
}

/** Valid parameters of each kernel that the addon has. */
const parametersOf: Partial<Record<keyof Kernels, Parameters>> = {
  forward: layer,
  forwardRectified: (arrays, sizes) => [...layer(arrays, sizes), ...rectified(arrays, sizes)],
  forwardBits: bitLayer,
  forwardBitsRectified: (arrays, sizes) => [...bitLayer(arrays, sizes), ...rectified(arrays, sizes)],
  backward: (arrays, { inputs, outputs, rows }) => {
    const [i, o, r] = [padded(inputs), padded(outputs), padded(rows)];
    return [
      ...[arrays.of(r * o), arrays.of(i * o), arrays.of(r * i), arrays.of(r * i), arrays.of(r * i)],
      ...[outputs, o, i, r / 8, Math.ceil(inputs / 4), r],
    ];
  },
  gradient: (arrays, { inputs, outputs, rows }) => {
    const [i, o, r] = [padded(inputs), padded(outputs), padded(rows)];
    return [
      arrays.of(i * r),
      arrays.of(o * r),
      arrays.of(i * o),
      rows,
      r,
      Math.ceil(inputs / 4),
      o / 8,
      rows % 2 === 0,
    ];
  },
  gradientBits: (arrays, { inputs, outputs, rows }) => {
    const [i, o, r] = [padded(inputs), padded(outputs), padded(Math.min(rows, 128))];
    const tables = arrays.of(32 * 128 + 64);
    const entries = arrays.entries(i, r / 4, tables);
    return [
      ...[
        entries,
        arrays.of(o * r),
        tables,
        arrays.of(i * o),
        Math.min(rows, 128),
        r,
        Math.ceil(inputs / 4),
        o / 8,
      ],
      rows % 2 === 0,
    ];
  },
  scaleBitGradient: (arrays, { inputs, outputs }) => {
    const [i, o] = [padded(inputs), padded(outputs)];
    return [arrays.of(i * o), arrays.of(o), arrays.of(i), arrays.of(i), Math.ceil(inputs / 4), o / 8];
  },
  biasGradient: (arrays, { outputs, rows }) => {
    const [o, r] = [padded(outputs), padded(rows)];
    return [arrays.of(o * r), arrays.of(o), rows, r, o / 8, rows % 2 === 0];
  },
  adam: weights(2, [0.003, 0.1, 0.001, 1e-8]),
  momentum: weights(1, [0.003, 0.9]),
  sgd: weights(0, [0.003]),
  adamBiases: biases(2, [0.003, 0.1, 0.001, 1e-8]),
  momentumBiases: biases(1, [0.003, 0.9]),
  sgdBiases: biases(0, [0.003]),
  multiply64: (arrays, { inputs, outputs, rows }) => {
    const [a, b] = [Math.ceil(outputs / 4), Math.ceil(rows / 4)];
    return [
      ...[arrays.doubles(a * 4 * inputs), arrays.doubles(b * 4 * inputs), arrays.doubles(a * 4 * b * 4)],
      ...[a, b, inputs, b * 4, rows % 2 === 0, outputs % 2 === 0 ? 2 ** 30 : (rows % 5) * 4],
    ];
  },
  centreUnits: (arrays, { inputs, outputs, rows: stimuli }) => {
    const [quads, wide] = [Math.ceil(outputs / 4), inputs % 2 === 0];
    const count = stimuli * quads * 4;
    return [
      ...[wide ? arrays.doubles(count) : arrays.of(count), wide, stimuli, quads, 1 + (inputs % 40)],
      ...[arrays.doubles(count), arrays.doubles(quads * 4), arrays.doubles(quads * 4)],
    ];
  },
  projectUnits: (arrays, { outputs, rows: height }) => {
    const quads = Math.ceil(outputs / 4);
    const stimuli = height + (height % 2);
    return [
      ...[
        arrays.doubles(stimuli * quads * 4),
        height,
        quads,
        arrays.doubles(quads * 40),
        arrays.doubles(stimuli * 10),
      ],
    ];
  },
  packRows: (arrays, { inputs: terms, outputs, rows }) => {
    const [quads, wide] = [Math.ceil(rows / 4), outputs % 2 === 0];
    const count = quads * 4 * terms;
    const x = wide ? arrays.doubles(count) : arrays.of(count);
    // Rows that have no length, and none when they are centred.
    for (const row of [0, 1]) arrays.fill(x, row * terms, row === 0 ? terms : 2 * terms, row, wide);
    return [
      ...[
        x,
        wide,
        quads,
        terms,
        1 + (outputs % 40),
        outputs % 3,
        arrays.doubles(terms),
        arrays.doubles(count),
      ],
      ...[arrays.doubles(quads * 4), arrays.doubles(quads * 4)],
    ];
  },
  laterDistances: (arrays, { inputs, outputs: terms, rows }) => {
    const [top, quads] = [inputs % rows, Math.ceil(rows / 4)];
    const count = 1 + (terms % (rows - top));
    const stride = rows - top + (inputs % 3);
    return [
      ...[arrays.doubles(count * stride), stride, arrays.squares64(rows), top, count, rows],
      ...[arrays.doubles(quads * 4 * terms), quads, terms, 1 + (inputs % 40), inputs % 3],
      ...[arrays.doubles((rows - top - 1) * count - (count * (count - 1)) / 2), arrays.squares64(1)],
    ];
  },
  smallestDistances: (arrays, { inputs, rows }) => {
    const count = 1 + (inputs % 12);
    return [
      arrays.squares64((rows * (rows - 1)) / 2),
      rows,
      count,
      arrays.doubles(rows * count),
      arrays.doubles(rows),
    ];
  },
  nearPairs: (arrays, { inputs, rows }) => {
    const pairs = (rows * (rows - 1)) / 2;
    return [
      ...[arrays.squares64(pairs), rows, arrays.squares64(rows), (inputs % 3) * 0.1 - 0.1],
      ...[arrays.doubles(pairs), arrays.doubles(1)],
    ];
  },
  tridiagonalise: (arrays, sizes) => {
    const n = Math.min(sizes.inputs, 200);
    return [
      arrays.doubles(n * n),
      n,
      arrays.doubles(n),
      arrays.doubles(n),
      arrays.doubles(n),
      arrays.doubles(2 * n),
    ];
  },
  reflectBack: (arrays, { inputs, outputs }) => {
    const n = Math.min(inputs, 200);
    return [arrays.doubles(n * n), n, arrays.doubles(n), arrays.doubles(n), Math.min(outputs, n - 1)];
  },
  rotateRows: (arrays, { inputs, outputs: n }) => {
    const rows = 2 + (inputs % 40);
    const count = 1 + (inputs % (rows - 1));
    return [arrays.doubles(rows * n), n, rows - 2, count, arrays.doubles(2 * count)];
  },
  addStretch: (arrays, { inputs, outputs, rows }) => {
    const [octets, stimuli, count] = [Math.ceil(outputs / 8), rows + 2, 1 + (inputs % 7)];
    const places = 1 + (inputs % rows);
    const sums = count * octets * 16;
    return [
      ...[
        arrays.doubles(octets * stimuli * 8),
        stimuli,
        octets,
        indices(arrays, count * stimuli, stimuli),
        count,
        places,
      ],
      ...[rows % 2 === 0 ? 0 : arrays.of(sums), arrays.of(sums)],
    ];
  },
  activateGelu: (arrays, { inputs, outputs }) => {
    const count = inputs * outputs;
    return [arrays.of(count * 4), arrays.of(count * 4), count];
  },
  lossSoftmax: (arrays, { outputs, rows }) => {
    const [o, r] = [padded(outputs), padded(rows)];
    const [z, dz, labels] = [arrays.of(r * o), arrays.of(r * o), arrays.of(r)];
    const all = new Float32Array(arrays.memory.buffer, labels, r);
    for (let row = 0; row < r; row++) all[row] = random.below(outputs);
    return [z, dz, labels, o, rows, 0.1, arrays.of(4), outputs];
  },
  octetsToQuads: turned,
  octetsToOctets: turned,
  attention: (arrays, sizes) => {
    const { qkv, units, probabilities, outUnits, length, heads, headUnits } = attending(arrays, sizes);
    return [
      qkv,
      units,
      probabilities,
      arrays.of(length * outUnits * 8),
      outUnits,
      length,
      heads,
      headUnits,
      0.3,
    ];
  },
  attentionBackward: (arrays, sizes) => {
    const { qkv, units, probabilities, outUnits, length, heads, headUnits } = attending(arrays, sizes);
    return [
      ...[qkv, units, probabilities, arrays.of(length * outUnits * 8), outUnits],
      ...[arrays.of(length ** 2 * 8), arrays.of(length * units * 8), length, heads, headUnits, 0.3],
    ];
  },
  layerNorm: (arrays, { inputs, rows }) => {
    const [i, r] = [padded(inputs), padded(rows)];
    return [
      ...[arrays.of(r * i), arrays.of(i), arrays.of(i), arrays.of(r * i), arrays.of(r * 2)],
      ...[inputs, i, r / 8, 1e-5],
    ];
  },
  layerNormBackward: (arrays, { inputs, rows }) => {
    const [i, r] = [padded(inputs), padded(rows)];
    return [
      ...[arrays.of(r * i), arrays.of(i), arrays.of(r * 2), arrays.of(r * i), arrays.of(r * i)],
      ...[arrays.of(i * 8), arrays.of(i * 8), inputs, i, r / 8, rows % 2 === 0],
    ];
  },
  testIndex: (arrays, { inputs, outputs, rows }) => {
    const [classes, units, count] = [2 + (rows % 3), padded(outputs), 1 + (inputs % 7)];
    const table = arrays.doubles(3 * classes);
    const { buffer } = arrays.memory;
    for (let k = 0; k < classes; k++) {
      // The last class ends where all do: one line of sums for all orders.
      const strides = [k === classes - 1 ? 0 : units * 8, units * 8];
      const sums = [arrays.doubles(count * units), arrays.doubles(count * units)];
      new Uint32Array(buffer, table + 24 * k, 4).set([...sums, ...strides]);
      new Float64Array(buffer, table + 24 * k + 16, 1)[0] = k + 3;
    }
    return [table, classes, units, count, arrays.doubles(3 * units), arrays.doubles(2 * count)];
  },
  testClass: (arrays, { inputs, outputs, rows }) => {
    const [units, count] = [padded(outputs), 1 + (inputs % 7)];
    const stride = 3 * units * 8;
    return [
      ...[arrays.doubles(count * 3 * units), stride, arrays.doubles(3 * units), 0, units, count],
      ...[
        arrays.doubles(3 * units),
        arrays.doubles(8 * units),
        arrays.doubles(count * 6),
        rows,
        inputs + 1.5,
      ],
    ];
  },
};

/** What a kernel leaves behind that is nobody's result: its tables, with two tiles after them; a line for half a pair of stimuli. */
function nobodys(name: string, parameters: readonly number[]): [from: number, to: number] {
  const [, height, , , out] = parameters;
  if (name === 'projectUnits') return [out + height * 80, out + (height + 1) * 80];
  const tables = parameters[name === 'gradientBits' ? 2 : 5];
  return /^(forward|gradient)Bits/.test(name) ? [tables, tables + 32 * 512 + 256] : [0, 0];
}

const sizes: Sizes[] = [
  { inputs: 1, outputs: 1, rows: 1 },
  { inputs: 300, outputs: 9, rows: 40 },
  { inputs: 16, outputs: 72, rows: 128 },
  { inputs: 513, outputs: 70, rows: 25 },
  ...Array.from({ length: 24 }, () => ({ inputs: below(90), outputs: below(90), rows: below(128) })),
];

it('sets of lanes have the same kernels', () => {
  for (const { native } of sets) expect(Object.keys(native)).toEqual(Object.keys(sets[0].native));
});

describe.each(sets)('$says lanes', ({ native }) => {
  const names = Object.keys(native) as (keyof Kernels)[];

  it('are tested, every kernel of them', () => {
    expect(names.sort()).toEqual(Object.keys(parametersOf).sort());
  });

  it.each(names)('give the bits of WebAssembly: %s', (name) => {
    for (const size of sizes) {
      const arrays = new Arrays();
      const parameters = parametersOf[name]?.(arrays, size) ?? [];
      const before = arrays.memory.buffer.slice(0);
      (instantiateKernels(arrays.memory)[name] as (...all: (number | boolean)[]) => void)(...parameters);
      native[name]?.(before, ...parameters);
      const [ours, theirs] = [Buffer.from(before), Buffer.from(arrays.memory.buffer)];
      const [from, to] = nobodys(name, parameters.map(Number));
      for (const memory of [ours, theirs]) memory.fill(0, from, to);
      expect(ours.equals(theirs), `${name} of ${JSON.stringify(size)}`).toBe(true);
    }
  });

  it.each(names.filter((name) => /^(forward|gradient)Bits/.test(name)))(
    'hold entries that are none within their tables: %s',
    (name) => {
      for (const size of sizes.slice(0, 4)) {
        const arrays = new Arrays();
        const parameters = parametersOf[name]?.(arrays, size) ?? [];
        const [entries, next] = [Number(parameters[0]), Number(parameters[1])];
        const [whole, shifted] = [0, 1].map(() => arrays.memory.buffer.slice(0));
        const numbers = new Uint32Array(shifted, entries, (next - entries) / 4);
        // A pattern has 32 bytes: what is between two of them is taken for the lower.
        numbers.forEach((entry, at) => (numbers[at] = entry + 1 + random.below(31)));
        native[name]?.(whole, ...parameters);
        native[name]?.(shifted, ...parameters);
        expect(Buffer.from(shifted, next).equals(Buffer.from(whole, next))).toBe(true);
      }
    },
  );

  it.each(names)('touch nothing where they would reach beyond their memory: %s', (name) => {
    const arrays = new Arrays();
    const parameters = parametersOf[name]?.(arrays, { inputs: 20, outputs: 30, rows: 40 }) ?? [];
    const length = arrays.memory.buffer.byteLength;
    parameters.forEach((parameter, at) => {
      // Addresses are what is a multiple of a cache line here; each is moved to the memory's end and beyond.
      if (typeof parameter !== 'number' || parameter < 64 || parameter % 64 !== 0 || parameter >= length)
        return;
      for (const beyond of [length - 4, length, 2 ** 32 - 64]) {
        const before = arrays.memory.buffer.slice(0);
        const moved = parameters.with(at, beyond);
        expect(() => native[name]?.(before, ...moved), `${name}, parameter ${at}`).toThrow(RangeError);
        expect(Buffer.from(before).equals(Buffer.from(arrays.memory.buffer))).toBe(true);
      }
    });
    for (const wrong of [Number.NaN, -1, 0.5, 2 ** 40])
      expect(() => native[name]?.(arrays.memory.buffer, ...parameters.with(0, wrong))).toThrow(RangeError);
    expect(() => native[name]?.(arrays.memory.buffer)).toThrow(TypeError);
    expect(() => native[name]?.({} as ArrayBuffer, ...parameters)).toThrow(TypeError);
  });
});
