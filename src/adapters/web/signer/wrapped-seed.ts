/** An Ed25519 seed under an AES key that never leaves the browser: for browsers whose WebCrypto lacks the curves. Can be used by a script of this origin, not read out. */
export interface WrappedSeed {
  readonly wrap: CryptoKey
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealedSeed: ArrayBuffer
}

/** Wraps a seed of 32 bytes, which stays as it is. */
export async function wrapSeed(subtle: SubtleCrypto, seed: Uint8Array<ArrayBuffer>): Promise<WrappedSeed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const wrap = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return { wrap, iv, sealedSeed: await subtle.encrypt({ name: 'AES-GCM', iv }, wrap, seed) }
}

/** Unwraps a seed for as long as `use` takes. */
export async function withSeed<T>(
  subtle: SubtleCrypto,
  { wrap, iv, sealedSeed }: WrappedSeed,
  use: (seed: Uint8Array) => T | Promise<T>,
): Promise<T> {
  const seed = new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv }, wrap, sealedSeed))
  try {
    return await use(seed)
  } finally {
    seed.fill(0)
  }
}
