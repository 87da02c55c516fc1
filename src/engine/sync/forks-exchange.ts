import { decodeEntry } from '../../core/entry/decode.ts'
import type { LogKey } from '../../core/entry/entry.ts'
import { forkHash } from '../../core/entry/log-item.ts'
import type { EncodedEntry, Hash } from '../../core/ids.ts'
import type { Change, Fork } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import { signedPart } from '../../core/entry/verify.ts'
import { logName } from '../../core/entry/log-name.ts'

/** A proof as it travels. */
export const pairOf = ({ a, b }: Fork): readonly [EncodedEntry, EncodedEntry] => [a.entry, b.entry]

/** The proofs of these logs' forks. */
export async function proofsOf(
  { store }: EngineDeps,
  logs: readonly LogKey[],
): Promise<readonly (readonly [EncodedEntry, EncodedEntry])[]> {
  const names = new Set(logs.map(logName))
  return (await store.forks()).filter((fork) => names.has(logName(fork))).map(pairOf)
}

/**
 * Takes in fork proofs: two entries of one key, log and sequence number each, both signed, not the same.
 *
 * @returns the hashes that stand for the logs that are proved to be forked; `undefined` where a pair proves nothing
 */
export async function takeProofs(
  { store, verifier }: EngineDeps,
  pairs: readonly (readonly [EncodedEntry, EncodedEntry])[],
): Promise<readonly Hash[] | undefined> {
  const forks: Fork[] = []
  for (const pair of pairs) {
    const [one, other] = pair.map((bytes) => decodeEntry(bytes))
    if (!one?.ok || !other?.ok) return undefined
    const [a, b] = one.value.hash < other.value.hash ? [one.value, other.value] : [other.value, one.value]
    if (a.hash === b.hash || logName(a) !== logName(b) || a.seqNum !== b.seqNum) return undefined
    const claims = [a, b].map((entry) => ({
      publicKey: entry.publicKey,
      message: signedPart(entry),
      signature: entry.signature,
    }))
    if ((await verifier.verify(claims)).includes(false)) return undefined
    const { publicKey, logId, seqNum } = a
    forks.push({ publicKey, logId, seqNum, a: { hash: a.hash, entry: a.bytes }, b: { hash: b.hash, entry: b.bytes } })
  }
  const known = new Set((await store.forks()).map(logName))
  const fresh = forks.filter((fork) => !known.has(logName(fork)))
  const heads = fresh.length > 0 ? await store.heads(fresh) : []
  const changes = fresh.map((value, at): Change => {
    const documentId = heads[at]?.documentId
    return documentId ? { put: 'fork', value, documentId } : { put: 'fork', value }
  })
  if (changes.length > 0) await store.commit(changes, [])
  return forks.map(forkHash)
}
