/** The functions of kernels.wasm; each is documented where it is written. Made by scripts/kernel-signatures.mjs. */
export interface Kernels {
  /** fused.ts */
  roundsOnce(): boolean;
  /** multiply64.ts */
  addDot64(a: number, b: number, terms: number, depth: number, total: number): number;
  /** multiply64.ts */
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
  /** multiply64.ts */
  packFour(from: number, stride: number, terms: number, panel: number): void;
  /** gather.ts */
  gather(
    set: number,
    units: number,
    indices: number,
    rows: number,
    x: number,
    turned: number,
    stride: number,
  ): void;
  /** gather.ts */
  gatherLabels(labels: number, indices: number, rows: number, to: number): void;
  /** forward.ts */
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
  /** forward.ts */
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
  /** bit-gather.ts */
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
  /** bit-forward.ts */
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
  /** bit-forward.ts */
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
  /** bit-gradient.ts */
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
  /** bit-gradient.ts */
  scaleBitGradient(
    gradient: number,
    biasGradient: number,
    lows: number,
    spreads: number,
    quads: number,
    octets: number,
  ): void;
  /** activation.ts */
  activateGelu(values: number, slopes: number, count: number): void;
  /** activation.ts */
  activateRectified(values: number, slopes: number, count: number, leak: number): void;
  /** activation.ts */
  activateSigmoid(values: number, slopes: number, count: number): void;
  /** activation.ts */
  activateTanh(values: number, slopes: number, count: number): void;
  /** dropout.ts */
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
  /** loss.ts */
  lossSigmoid(
    z: number,
    dz: number,
    labels: number,
    units: number,
    rows: number,
    factor: number,
    result: number,
  ): void;
  /** loss.ts */
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
  /** transpose.ts */
  octetsToOctets(
    from: number,
    fromUnits: number,
    to: number,
    toRows: number,
    octets: number,
    quads: number,
  ): void;
  /** transpose.ts */
  octetsToQuads(
    from: number,
    fromUnits: number,
    to: number,
    toRows: number,
    octets: number,
    quads: number,
  ): void;
  /** transpose.ts */
  octetsToRows(from: number, units: number, octets: number, to: number): void;
  /** backward.ts */
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
  /** gradient.ts */
  biasGradient(
    dz: number,
    gradient: number,
    rows: number,
    stride: number,
    octets: number,
    add: boolean,
  ): void;
  /** gradient.ts */
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
  /** decay.ts */
  decayGradient(w: number, g: number, inputUnits: number, quads: number, octets: number, decay: number): void;
  /** decay.ts */
  shrink(w: number, count: number, shrinkage: number): void;
  /** optimizer.ts */
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
  /** optimizer.ts */
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
  /** optimizer.ts */
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
  /** optimizer.ts */
  momentumBiases(b: number, g: number, m: number, octets: number, step: number, rate: number): void;
  /** optimizer.ts */
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
  /** optimizer.ts */
  sgdBiases(b: number, g: number, octets: number, step: number): void;
  /** embedding.ts */
  addVectors(a: number, b: number, to: number, count: number): void;
  /** embedding.ts */
  embed(
    tokens: number,
    table: number,
    tableUnits: number,
    positions: number,
    x: number,
    units: number,
    quads: number,
    length: number,
  ): void;
  /** embedding.ts */
  embedBackward(
    tokens: number,
    delta: number,
    units: number,
    quads: number,
    length: number,
    tableGradient: number,
    positionGradient: number,
  ): void;
  /** embedding.ts */
  returnRows(from: number, units: number, rows: number, count: number, to: number): void;
  /** embedding.ts */
  selectRows(from: number, units: number, rows: number, count: number, to: number): void;
  /** layer-norm.ts */
  layerNorm(
    x: number,
    gain: number,
    bias: number,
    y: number,
    statistics: number,
    units: number,
    paddedUnits: number,
    octets: number,
    epsilon: number,
  ): void;
  /** layer-norm.ts */
  layerNormBackward(
    x: number,
    gain: number,
    statistics: number,
    dy: number,
    dx: number,
    gainLanes: number,
    biasLanes: number,
    units: number,
    paddedUnits: number,
    octets: number,
    add: boolean,
  ): void;
  /** layer-norm.ts */
  sumLanes(from: number, to: number, count: number): void;
  /** attention.ts */
  attention(
    qkv: number,
    units: number,
    probabilities: number,
    out: number,
    outUnits: number,
    length: number,
    heads: number,
    headUnits: number,
    scale: number,
  ): void;
  /** attention.ts */
  attentionBackward(
    qkv: number,
    units: number,
    probabilities: number,
    delta: number,
    outUnits: number,
    scratch: number,
    gradient: number,
    length: number,
    heads: number,
    headUnits: number,
    scale: number,
  ): void;
  /** multiply32.ts */
  multiply32(a: number, b: number, c: number, m: number, n: number, k: number, tiles: number): void;
  /** multiply32.ts */
  pack32(
    from: number,
    lineStride: number,
    termStride: number,
    lines: number,
    terms: number,
    to: number,
    width: number,
  ): void;
  /** permuted.ts */
  permutedProducts(
    above: number,
    square: number,
    orders: number,
    places: number,
    size: number,
    count: number,
    sums: number,
  ): void;
  /** permutations.ts */
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
  /** permutations.ts */
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
  /** permutations.ts */
  testIndex(
    table: number,
    classes: number,
    units: number,
    count: number,
    tests: number,
    maxima: number,
  ): void;
  /** eigen.ts */
  reflectBack(a: number, n: number, scales: number, y: number, last: number): void;
  /** eigen.ts */
  rotateRows(z: number, n: number, top: number, count: number, turns: number): void;
  /** eigen.ts */
  tridiagonalise(a: number, n: number, d: number, e: number, scales: number, p: number): void;
  /** panels.ts */
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
  /** panels.ts */
  projectUnits(panels: number, height: number, quads: number, directions: number, out: number): void;
  /** panels.ts */
  sumGroups(panels: number, height: number, quads: number, groups: number, count: number, sums: number): void;
  /** distances.ts */
  laterDistances(
    products: number,
    stride: number,
    squares: number,
    top: number,
    count: number,
    rows: number,
    panels: number,
    quads: number,
    terms: number,
    depth: number,
    finish: number,
    to: number,
    most: number,
  ): void;
  /** distances.ts */
  packRows(
    x: number,
    wide: boolean,
    quads: number,
    terms: number,
    depth: number,
    how: number,
    means: number,
    panels: number,
    squares: number,
    largest: number,
  ): void;
  /** nearest.ts */
  nearPairs(
    distances: number,
    rows: number,
    bars: number,
    rounding: number,
    pairs: number,
    found: number,
  ): void;
  /** nearest.ts */
  smallestDistances(distances: number, rows: number, count: number, smallest: number, last: number): void;
  /** ranks.ts */
  averageRanks(sorted: number, count: number, rounding: number, ranks: number): void;
  /** ranks.ts */
  groupTied(
    sorted: number,
    count: number,
    rounding: number,
    order: number,
    dense: number,
    ties: number,
  ): number;
  /** ranks.ts */
  sortNumbers(values: number, count: number, entries: number, others: number, piles: number): number;
}
