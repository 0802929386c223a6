import { kernelBytes } from './binary';

/**
 * The functions of kernels.wasm, as `assembly/index.ts` exports them; each is documented there.
 */
export interface Kernels {
  multiply64(
    a: number,
    b: number,
    c: number,
    aPanels: number,
    bPanels: number,
    k: number,
    stride: number,
    add: boolean,
    diagonal: number,
  ): void;
  packFour(from: number, stride: number, terms: number, panel: number): void;
  gather(
    set: number,
    units: number,
    indices: number,
    rows: number,
    x: number,
    turned: number,
    stride: number,
  ): void;
  gatherLabels(labels: number, indices: number, rows: number, to: number): void;
  forward(
    x: number,
    w: number,
    bias: number,
    z: number,
    inputs: number,
    inputUnits: number,
    outputUnits: number,
    octets: number,
    quads: number,
  ): void;
  forwardRectified(
    x: number,
    w: number,
    bias: number,
    y: number,
    inputs: number,
    inputUnits: number,
    outputUnits: number,
    octets: number,
    quads: number,
    slopes: number,
    turned: number,
    rows: number,
    leak: number,
  ): void;
  gatherBits(
    set: number,
    groupUnits: number,
    indices: number,
    rows: number,
    tables: number,
    entries: number,
    turned: number,
    stride: number,
  ): void;
  forwardBits(
    entries: number,
    lows: number,
    highs: number,
    w: number,
    bias: number,
    tables: number,
    z: number,
    groups: number,
    groupUnits: number,
    inputUnits: number,
    outputUnits: number,
    octets: number,
  ): void;
  forwardBitsRectified(
    entries: number,
    lows: number,
    highs: number,
    w: number,
    bias: number,
    tables: number,
    y: number,
    groups: number,
    groupUnits: number,
    inputUnits: number,
    outputUnits: number,
    octets: number,
    slopes: number,
    turned: number,
    rows: number,
    leak: number,
  ): void;
  gradientBits(
    entries: number,
    dz: number,
    tables: number,
    gradient: number,
    rows: number,
    stride: number,
    quads: number,
    octets: number,
    add: boolean,
  ): void;
  scaleBitGradient(
    gradient: number,
    biasGradient: number,
    lows: number,
    spreads: number,
    quads: number,
    octets: number,
  ): void;
  activateGelu(values: number, slopes: number, count: number): void;
  activateRectified(values: number, slopes: number, count: number, leak: number): void;
  activateSigmoid(values: number, slopes: number, count: number): void;
  activateTanh(values: number, slopes: number, count: number): void;
  dropout(
    values: number,
    slopes: number,
    octets: number,
    units: number,
    paddedUnits: number,
    firstRow: number,
    seed: number,
    threshold: number,
    scale: number,
  ): void;
  lossSigmoid(
    z: number,
    dz: number,
    labels: number,
    units: number,
    rows: number,
    factor: number,
    result: number,
  ): void;
  lossSoftmax(
    z: number,
    dz: number,
    labels: number,
    units: number,
    rows: number,
    factor: number,
    result: number,
    classes: number,
  ): void;
  octetsToOctets(
    from: number,
    fromUnits: number,
    to: number,
    toRows: number,
    octets: number,
    quads: number,
  ): void;
  octetsToQuads(
    from: number,
    fromUnits: number,
    to: number,
    toRows: number,
    octets: number,
    quads: number,
  ): void;
  octetsToRows(from: number, units: number, octets: number, to: number): void;
  backward(
    dz: number,
    w: number,
    slopes: number,
    delta: number,
    turned: number,
    outputs: number,
    outputUnits: number,
    inputUnits: number,
    octets: number,
    quads: number,
    rows: number,
  ): void;
  biasGradient(
    dz: number,
    gradient: number,
    rows: number,
    stride: number,
    octets: number,
    add: boolean,
  ): void;
  gradient(
    x: number,
    dz: number,
    gradient: number,
    rows: number,
    stride: number,
    quads: number,
    octets: number,
    add: boolean,
  ): void;
  decayGradient(w: number, g: number, inputUnits: number, quads: number, octets: number, decay: number): void;
  shrink(w: number, count: number, shrinkage: number): void;
  adam(
    w: number,
    turned: number,
    g: number,
    m: number,
    v: number,
    inputUnits: number,
    outputUnits: number,
    quads: number,
    octets: number,
    step: number,
    rate: number,
    squareRate: number,
    epsilon: number,
  ): void;
  adamBiases(
    b: number,
    g: number,
    m: number,
    v: number,
    octets: number,
    step: number,
    rate: number,
    squareRate: number,
    epsilon: number,
  ): void;
  momentum(
    w: number,
    turned: number,
    g: number,
    m: number,
    inputUnits: number,
    outputUnits: number,
    quads: number,
    octets: number,
    step: number,
    rate: number,
  ): void;
  momentumBiases(b: number, g: number, m: number, octets: number, step: number, rate: number): void;
  sgd(
    w: number,
    turned: number,
    g: number,
    inputUnits: number,
    outputUnits: number,
    quads: number,
    octets: number,
    step: number,
  ): void;
  sgdBiases(b: number, g: number, octets: number, step: number): void;
  multiply32(a: number, b: number, c: number, m: number, n: number, k: number, tiles: number): void;
  pack32(
    from: number,
    lineStride: number,
    termStride: number,
    lines: number,
    terms: number,
    to: number,
    width: number,
  ): void;
  addStretch(
    columns: number,
    stimuli: number,
    octets: number,
    orders: number,
    count: number,
    places: number,
    from: number,
    to: number,
  ): void;
  testClass(
    above: number,
    aboveStride: number,
    below: number,
    belowStride: number,
    units: number,
    count: number,
    totals: number,
    tests: number,
    maxima: number,
    inside: number,
    outside: number,
  ): void;
  centreUnits(
    x: number,
    wide: boolean,
    stimuli: number,
    quads: number,
    depth: number,
    panels: number,
    means: number,
    squares: number,
  ): void;
  projectUnits(panels: number, height: number, quads: number, directions: number, out: number): void;
  sumGroups(panels: number, height: number, quads: number, groups: number, count: number, sums: number): void;
  rowDistances(
    products: number,
    squares: number,
    row: number,
    rows: number,
    panels: number,
    quads: number,
    terms: number,
    depth: number,
    finish: number,
    to: number,
  ): void;
  tridiagonalise(a: number, n: number, d: number, e: number, scales: number, p: number): void;
  reflectBack(a: number, n: number, scales: number, y: number, last: number): void;
  rotateRows(z: number, n: number, top: number, count: number, turns: number): void;
  testIndex(
    table: number,
    classes: number,
    units: number,
    count: number,
    tests: number,
    maxima: number,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  return (compiled ??= new WebAssembly.Module(kernelBytes()));
}

/**
 * Whether this machine runs the kernels: false where WebAssembly has no 128-bit SIMD.
 *
 * @throws Error if kernels.wasm has not been built
 */
export function kernelsSupported(): boolean {
  try {
    compile();
    return true;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return false;
    throw error;
  }
}

/** Kernels working on a memory of the caller's. Compiles at the first call (some milliseconds). */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(compile(), { env: { memory } }).exports as unknown as Kernels;
}
