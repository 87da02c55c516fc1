import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { type CborValue, decodeCbor, encodeCbor } from '../../core/bytes/cbor.ts'
import { encodeUtf8 } from '../../core/bytes/utf8.ts'
import type { PublicKey } from '../../core/ids.ts'
import { parseDocumentId, parsePublicKey } from '../../core/parse-ids.ts'
import type { Random } from '../../ports/random.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { Kid, Presence, SessionId } from '../../sync/messages.ts'
import type { PresenceState } from './api.ts'

const maxTextLength = 64
const nonceBytes = 24
const noKid = '' as Kid
const formatVersion = 1n

/**
 * What presence is sealed with. Until groups are sealed it follows from the scope's name (sync.md §5): everybody who knows that can read who is there,
 * so in a group its nodes, and whoever saw an invite to it. This is the place where a group's K comes in, with its kid in `sealPresence`.
 */
const keyFor = (scope: ScopeName): Uint8Array =>
  hkdf(sha256, encodeUtf8(scope), undefined, encodeUtf8('takibi/presence/1'), 32)

/** What somebody says of themselves in a scope, as it travels. @param transportKey of the device, where others may look for a way to it */
export function sealPresence(
  session: SessionId,
  scope: ScopeName,
  publicKey: PublicKey,
  count: number,
  { state, document, field }: PresenceState,
  random: Random,
  transportKey?: PublicKey,
): Presence {
  const nonce = random.bytes(nonceBytes)
  const about = [formatVersion, publicKey, BigInt(count), state, document ?? null, field ?? null]
  // The place between is that of the scope's fingerprint, which nobody tells yet.
  const plain: CborValue = transportKey === undefined ? about : [...about, null, transportKey]
  const ct = xchacha20poly1305(keyFor(scope), nonce).encrypt(encodeCbor(plain))
  return { type: 'Presence', session, kid: noKid, nonce, ct }
}

const isShortText = (value: CborValue | undefined): value is string =>
  typeof value === 'string' && value.length <= maxTextLength

/** What somebody said of themselves; `count` grows with each word of theirs. */
export interface Said extends PresenceState {
  readonly publicKey: PublicKey
  readonly count: bigint
  /** By which the device can be told of a way to meet. */
  readonly transportKey?: PublicKey
}

/** What is in it; nothing where it is of another scope, or of no shape we know. */
export function openPresence({ nonce, ct }: Presence, scope: ScopeName): Said | undefined {
  const plain = decrypt(keyFor(scope), nonce, ct)
  const decoded = plain && decodeCbor(plain)
  if (!decoded?.ok || !Array.isArray(decoded.value)) return undefined
  const [version, key, count, state, document, field, , reachable] = decoded.value as readonly CborValue[]
  const publicKey = typeof key === 'string' ? parsePublicKey(key) : undefined
  if (version !== formatVersion || !publicKey?.ok || typeof count !== 'bigint' || !isShortText(state)) return undefined
  const parsed = typeof document === 'string' ? parseDocumentId(document) : undefined
  const transportKey = typeof reachable === 'string' ? parsePublicKey(reachable) : undefined
  return {
    publicKey: publicKey.value,
    count,
    state,
    ...(parsed?.ok ? { document: parsed.value } : {}),
    ...(isShortText(field) ? { field } : {}),
    ...(transportKey?.ok ? { transportKey: transportKey.value } : {}),
  }
}

function decrypt(key: Uint8Array, nonce: Uint8Array, ct: Uint8Array): Uint8Array | undefined {
  try {
    return xchacha20poly1305(key, nonce).decrypt(ct)
  } catch {
    return undefined // noble's way to say that the tag is another
  }
}
