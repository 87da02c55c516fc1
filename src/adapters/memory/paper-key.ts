import { publicKeyOf, signBytes } from '../../core/entry/sign.ts'
import { confirmedPlaces } from '../../core/identity/confirmed-places.ts'
import { paperSeed } from '../../core/identity/paper-key.ts'
import type { PublicKey, Signature } from '../../core/ids.ts'
import { ok } from '../../core/result.ts'
import type { PaperKey } from '../../ports/paper-key.ts'

/** Where the entropy of one paper key lies, and how it is guarded. */
export interface EntropyPlace {
  readonly publicKey: () => Promise<PublicKey | undefined>
  /** Runs `body` with the entropy, which is wiped when it returns; `undefined` where none is kept. Rejects with `signer/paper-damaged`. */
  readonly use: <T>(body: (entropy: Uint8Array) => T) => Promise<T | undefined>
  /** Keeps this one, unless one is kept already. */
  readonly add: (publicKey: PublicKey, entropy: Uint8Array) => Promise<void>
  readonly wipe: () => Promise<void>
}

/** A paper key, and signing with it. */
export interface SigningPaperKey extends PaperKey {
  /** How to sign with this key; `undefined` where it is neither kept nor taken up. */
  readonly signerOf: (publicKey: PublicKey) => Promise<((message: Uint8Array) => Promise<Signature>) | undefined>
}

/** 128 bits: twelve words. */
const entropyBytes = 16

/** Ports reject with plain failures: they survive being posted. */
const noWords = (): Error => ({ code: 'signer/no-words' }) as unknown as Error
/** What is kept is not what was kept. */
export const paperDamaged = (reason: string): Error => ({ code: 'signer/paper-damaged', reason }) as unknown as Error

/** Uses the seed of some entropy, and wipes it. */
function withSeed<T>(entropy: Uint8Array, body: (seed: Uint8Array) => T): T {
  const seed = paperSeed(entropy)
  try {
    return body(seed)
  } finally {
    seed.fill(0)
  }
}

/** The list of words is loaded when somebody sees or types words. */
const loadWords = () => import('../../core/identity/recovery-words.ts')

/**
 * The paper key over the place where its entropy lies: one way for every adapter.
 * @param randomBytes of the platform
 */
export function paperKeyAt(place: EntropyPlace, randomBytes: (length: number) => Uint8Array): SigningPaperKey {
  let taken: { readonly publicKey: PublicKey; readonly entropy: Uint8Array } | undefined
  const letGo = (): void => {
    taken?.entropy.fill(0)
    taken = undefined
  }

  const signerOf: SigningPaperKey['signerOf'] = async (publicKey) => {
    const sign = (entropy: Uint8Array, message: Uint8Array) =>
      withSeed(entropy, (seed) => {
        if (publicKeyOf(seed) !== publicKey) throw paperDamaged('it gives another key than it says')
        return signBytes(message, seed)
      })
    if (taken?.publicKey === publicKey) {
      const { entropy } = taken
      return async (message) => sign(entropy, message)
    }
    if ((await place.publicKey()) !== publicKey) return undefined
    return async (message) => {
      const signature = await place.use((entropy) => sign(entropy, message))
      if (!signature) throw { code: 'signer/refused', reason: 'its paper key was just wiped' } as unknown as Error
      return signature
    }
  }

  return {
    publicKey: place.publicKey,
    make: async () => {
      const kept = await place.publicKey()
      if (kept) return kept
      const entropy = randomBytes(entropyBytes)
      await place.add(withSeed(entropy, publicKeyOf), entropy)
      entropy.fill(0)
      const made = await place.publicKey()
      if (!made) throw paperDamaged('it was not there after it was made')
      return made
    },
    words: async () => {
      const { toRecoveryWords } = await loadWords()
      const words = await place.use(toRecoveryWords)
      if (!words) throw noWords()
      return words
    },
    confirm: async (typed) => {
      const { isWordAt } = await loadWords()
      const isRight = await place.use((entropy) =>
        confirmedPlaces.every((at, index) => isWordAt(entropy, at, String(typed[index]))),
      )
      if (isRight === undefined) throw noWords()
      if (isRight) await place.wipe()
      return isRight
    },
    wipe: place.wipe,
    takeUp: async (text) => {
      const { readRecoveryWords } = await loadWords()
      const entropy = readRecoveryWords(text)
      if (!entropy.ok) return entropy
      letGo()
      taken = { publicKey: withSeed(entropy.value, publicKeyOf), entropy: entropy.value }
      return ok(taken.publicKey)
    },
    letGo: async () => letGo(),
    signsBy: async (publicKey) => (await signerOf(publicKey)) !== undefined,
    signerOf,
  }
}

/** Entropy that lies open in memory: for tests and simulations. */
export function memoryEntropy(): EntropyPlace {
  let kept: { readonly publicKey: PublicKey; readonly entropy: Uint8Array } | undefined
  return {
    publicKey: async () => kept?.publicKey,
    use: async (body) => kept && body(kept.entropy),
    add: async (publicKey, entropy) => {
      kept ??= { publicKey, entropy: entropy.slice() }
    },
    wipe: async () => {
      kept = undefined
    },
  }
}
