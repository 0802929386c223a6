// The exports of kernels.wasm, one kernel family a file. `../signatures.ts` is made from them.
export { roundsOnce } from './fused';
export { addDot64, multiply64, packFour } from './multiply64';

// The fused training step; layout.ts says how its matrices are kept.
export { gather, gatherLabels } from './gather';
export { forward, forwardRectified } from './forward';
export { gatherBits } from './bit-gather';
export { forwardBits, forwardBitsRectified } from './bit-forward';
export { gradientBits, scaleBitGradient } from './bit-gradient';
export { activateGelu, activateRectified, activateSigmoid, activateTanh } from './activation';
export { dropout } from './dropout';
export { lossSigmoid, lossSoftmax } from './loss';
export { octetsToOctets, octetsToQuads, octetsToRows } from './transpose';
export { backward } from './backward';
export { biasGradient, gradient } from './gradient';
export { decayGradient, shrink } from './decay';
export { adam, adamBiases, momentum, momentumBiases, sgd, sgdBiases } from './optimizer';

// Sequences; training/graph puts them together.
export { addVectors, embed, embedBackward, returnRows, selectRows } from './embedding';
export { layerNorm, layerNormBackward, sumLanes } from './layer-norm';
export { attention, attentionBackward } from './attention';

// Products and updates for networks that TensorFlow.js runs.
export { multiply32, pack32 } from './multiply32';

// The analyses.
export { permutedProducts } from './permuted';
export { addStretch, testClass, testIndex } from './permutations';
export { reflectBack, rotateRows, tridiagonalise } from './eigen';
export { centreUnits, projectUnits, sumGroups } from './panels';
export { laterDistances, packRows } from './distances';
export { nearPairs, smallestDistances } from './nearest';
export { averageRanks, groupTied, sortNumbers } from './ranks';
