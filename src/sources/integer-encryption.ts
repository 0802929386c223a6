import { type Stream, stream } from '../core/stream';
import type { Expression } from '../experiment/expression';

/**
 * Homomorphic encryption of bits by integers (van Dijk, Gentry, Halevi and Vaikuntanathan 2010, EUROCRYPT, eprint 2009/616), at toy sizes: with a secret odd number p, the
 * ciphertext of a bit m is c = m + 2r + p q mod N, where N = p q₀ is public, r is a little noise and q is uniform below q₀. Then c mod p = m + 2r, whose parity is m. Sums of
 * ciphertexts are ciphertexts of XOR, products of AND, for as long as m + 2r stays below p. c mod q₀ is independent of m, as q is uniform; of a ciphertext as a number, or of
 * its bits, only who can divide by p sees the bit. Numbers so small are no secret to a computer: they are to what one measures of a representation.
 */
export interface IntegerKey {
  /** The secret. */
  readonly p: bigint;
  /** Public. */
  readonly modulus: bigint;
}

/** How large the numbers are, in bits. */
export interface EncryptionSizes {
  /** Of the secret, p. */
  readonly key: number;
  /** Of what hides it, q₀. */
  readonly mask: number;
  /** Of the noise, r. */
  readonly noise: number;
}

/** An odd secret, and a prime for what hides it: products of ciphertexts then are as good as uniform, too. */
export function drawKey({ key, mask }: EncryptionSizes, draws: Stream): IntegerKey {
  const p = withTopBit(key, draws) | 1n;
  let q0 = withTopBit(mask, draws) | 1n;
  while (!isPrime(q0) || p % q0 === 0n) q0 += 2n;
  return { p, modulus: p * q0 };
}

/** Bits of a ciphertext: as many as the largest has. */
export function ciphertextBits({ key, mask }: EncryptionSizes): number {
  // The prime lies at most a little above its size.
  return key + mask + 1;
}

export function encrypt(
  bit: number,
  { p, modulus }: IntegerKey,
  { noise }: EncryptionSizes,
  draws: Stream,
): bigint {
  const r = BigInt(draws.below(2 ** noise));
  const q = uniformBelow(modulus / p, draws);
  return (BigInt(bit) + 2n * r + p * q) % modulus;
}

export function decrypt(ciphertext: bigint, { p }: IntegerKey): number {
  return Number((ciphertext % p) % 2n);
}

/** The first part of a formula that cannot be computed of ciphertexts; null where there is none. */
export function notEncryptable(expression: Expression): Expression['kind'] | null {
  switch (expression.kind) {
    case 'same':
    case 'compare':
    case 'count':
      return expression.kind;
    case 'not':
      return notEncryptable(expression.of);
    case 'and':
    case 'or':
    case 'parity':
      return expression.of.map(notEncryptable).find((one) => one !== null) ?? null;
    case 'is':
    case 'bit':
    case 'constant':
      return null;
  }
}

/** How a formula is computed of something that has sums and products, as bits have XOR and AND. */
interface Arithmetic<T> {
  of(leaf: Leaf): T;
  constant(bit: 0 | 1): T;
  add(a: T, b: T): T;
  multiply(a: T, b: T): T;
}

/** What is encrypted: a bit, or whether a feature has a value. */
type Leaf = Extract<Expression, { kind: 'is' | 'bit' }>;

/**
 * a or b = a + b + a b, not a = 1 + a.
 *
 * @throws RangeError where a part cannot be computed of ciphertexts
 */
function compute<T>(expression: Expression, on: Arithmetic<T>): T {
  const parts = (of: readonly Expression[]): T[] => of.map((part) => compute(part, on));
  switch (expression.kind) {
    case 'is':
    case 'bit':
      return on.of(expression);
    case 'constant':
      return on.constant(expression.value ? 1 : 0);
    case 'not':
      return on.add(on.constant(1), compute(expression.of, on));
    case 'and':
      return parts(expression.of).reduce((a, b) => on.multiply(a, b), on.constant(1));
    case 'or':
      return parts(expression.of).reduce((a, b) => on.add(on.add(a, b), on.multiply(a, b)), on.constant(0));
    case 'parity':
      return parts(expression.of).reduce((a, b) => on.add(a, b), on.constant(0));
    default:
      throw new RangeError(`A formula with “${expression.kind}” is not computed of ciphertexts.`);
  }
}

/** The ciphertext of what a formula says, from the ciphertexts of its parts. */
export function computeEncrypted(
  expression: Expression,
  { modulus }: IntegerKey,
  ciphertextOf: (leaf: Leaf) => bigint,
): bigint {
  return compute<bigint>(expression, {
    of: ciphertextOf,
    constant: BigInt,
    add: (a, b) => (a + b) % modulus,
    multiply: (a, b) => (a * b) % modulus,
  });
}

/** Bits that m + 2r of a formula may have: it is decrypted rightly for as long as the key has more. */
export function noiseBits(expression: Expression, { noise }: EncryptionSizes): number {
  const most = compute<bigint>(expression, {
    of: () => 2n ** BigInt(noise + 1) - 1n,
    constant: BigInt,
    add: (a, b) => a + b,
    multiply: (a, b) => a * b,
  });
  return most.toString(2).length;
}

/** What is encrypted for a formula, each once, under a name. */
export function leavesOf(expressions: readonly Expression[]): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const expression of expressions)
    compute<null>(expression, {
      of: (leaf) => {
        leaves.set(leafName(leaf), leaf);
        return null;
      },
      constant: () => null,
      add: () => null,
      multiply: () => null,
    });
  return leaves;
}

export function leafName(leaf: Leaf): string {
  return leaf.kind === 'is' ? `${leaf.feature}=${leaf.value}` : `${leaf.feature}[${leaf.index}]`;
}

/** The draws of a purpose of a replicate. */
export function encryptionStream(purpose: string, network: string, seed: number, ...of: string[]): Stream {
  return stream('encryption', purpose, network, seed, ...of);
}

function withTopBit(bits: number, draws: Stream): bigint {
  const top = 2n ** BigInt(bits - 1);
  return top + uniformBelow(top, draws);
}

/** Uniform in [0, n), for n below 2⁶⁴; without bias. */
function uniformBelow(n: bigint, draws: Stream): bigint {
  const bits = BigInt(n.toString(2).length);
  for (;;) {
    const drawn = (BigInt(draws.bits()) << 32n) | BigInt(draws.bits());
    // The high bits: the generator's lowest one is weak.
    const value = drawn >> (64n - bits);
    if (value < n) return value;
  }
}

function isPrime(n: bigint): boolean {
  for (let factor = 3n; factor * factor <= n; factor += 2n) if (n % factor === 0n) return false;
  return true;
}
