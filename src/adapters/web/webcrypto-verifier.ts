import { hexToBytes } from '../../core/bytes/hex.ts'
import { isSoundSignature, verifySignature } from '../../core/entry/signature.ts'
import type { PublicKey } from '../../core/ids.ts'
import type { SignatureClaim, Verifier } from '../../ports/verifier.ts'

/** What WebCrypto takes. Nothing here is shared memory, which is all that its types are afraid of. */
const asBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>

/** Imports keys, and keeps the `keptKeys` asked for last. `undefined` stands for bytes that are no point of the curve. */
function keyCache(subtle: SubtleCrypto, keptKeys: number): (publicKey: PublicKey) => Promise<CryptoKey | undefined> {
  const kept = new Map<PublicKey, Promise<CryptoKey | undefined>>()
  const importKey = (publicKey: PublicKey): Promise<CryptoKey | undefined> =>
    subtle.importKey('raw', asBuffer(hexToBytes(publicKey)), 'Ed25519', false, ['verify']).catch(() => undefined)
  return (publicKey) => {
    const key = kept.get(publicKey) ?? importKey(publicKey)
    // A Map remembers the order of insertion: put in anew, a key is the youngest, and the first is the one to forget.
    kept.delete(publicKey)
    kept.set(publicKey, key)
    const [oldest] = kept.keys()
    if (kept.size > keptKeys && oldest !== undefined) kept.delete(oldest)
    return key
  }
}

/** Whether this platform has Ed25519 at all: the base point is a key that any of them can import. */
async function hasEd25519(subtle: SubtleCrypto): Promise<boolean> {
  const basePoint = Uint8Array.of(0x58, ...Array.from({ length: 31 }, () => 0x66))
  return subtle.importKey('raw', basePoint, 'Ed25519', false, ['verify']).then(
    () => true,
    () => false,
  )
}

/**
 * Judges signatures by the platform's own Ed25519, all claims of a call at once; runs in browsers, workers and Node.
 * WebCrypto libraries differ only in what `isSoundSignature` refuses before they are asked, so the verdict is rule STRICT.
 * Where Ed25519 is missing (or `subtle` is: pages without TLS), plain JavaScript judges.
 *
 * @param keptKeys imported keys to keep: importing one costs half as much as verifying with it
 */
export function webCryptoVerifier(
  subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle,
  { keptKeys = 1024 }: { readonly keptKeys?: number } = {},
): Verifier {
  if (!subtle) return { verify: async (claims) => claims.map(judgeByNoble) }
  const keyOf = keyCache(subtle, keptKeys)
  let isSupported: Promise<boolean> | undefined

  const judge = async (claim: SignatureClaim): Promise<boolean> => {
    if (!isSoundSignature(claim.publicKey, claim.signature)) return false
    const key = await keyOf(claim.publicKey)
    if (!key) return false
    return subtle.verify('Ed25519', key, asBuffer(claim.signature), asBuffer(claim.message))
  }
  return {
    verify: async (claims) => {
      isSupported ??= hasEd25519(subtle)
      return (await isSupported) ? Promise.all(claims.map(judge)) : claims.map(judgeByNoble)
    },
  }
}

const judgeByNoble = ({ publicKey, message, signature }: SignatureClaim): boolean =>
  verifySignature(publicKey, message, signature)
