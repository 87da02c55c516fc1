import type { MemoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import type { Entry } from '../../src/core/entry/entry.ts'
import { addHashes, forkHash, hashToNumber } from '../../src/core/entry/log-item.ts'
import { signedPart, verifyPayload } from '../../src/core/entry/verify.ts'
import type { Verifier } from '../../src/ports/verifier.ts'

/** Entries are read once, however often they are looked at: the bytes of a stored item never change. */
const readEntries = new WeakMap<Uint8Array, Entry>()
export function readEntry(bytes: Uint8Array): Entry {
  const known = readEntries.get(bytes)
  if (known) return known
  const decoded = decodeEntry(bytes)
  if (!decoded.ok) throw new Error(`A stored entry cannot be read: ${decoded.error.code}`)
  readEntries.set(bytes, decoded.value)
  return decoded.value
}

/** What no database may ever look like: two entries at one place, a gap below a head, an entry that does not verify from its bytes, an operation of another. */
export async function faultsIn({ documents, logs }: MemoryDatabase, verifier: Verifier): Promise<readonly string[]> {
  const faults: string[] = []
  const places = new Set<string>()
  for (const { items } of documents.values())
    for (const { entry: bytes, operation } of items) {
      const entry = readEntry(bytes)
      const { publicKey, logId, seqNum, signature } = entry
      const place = `${publicKey}/${logId}/${seqNum}`
      if (places.has(place)) faults.push(`two entries at ${place}`)
      places.add(place)
      const [isSigned] = await verifier.verify([{ publicKey, message: signedPart(entry), signature }])
      if (!isSigned) faults.push(`nobody signed what is stored at ${place}`)
      if (operation && !verifyPayload(entry, operation).ok) faults.push(`another operation is stored at ${place}`)
    }
  for (const [publicKey, { heads }] of logs)
    for (const { logId, seqNum } of heads.values())
      for (let at = 1n; at <= seqNum; at++)
        if (!places.delete(`${publicKey}/${logId}/${at}`)) faults.push(`nothing at ${publicKey}/${logId}/${at}`)
  for (const place of places) faults.push(`above its head lies ${place}`)
  return faults
}

/** Where the running sums of the parts of scopes are not those of their logs, or a log of a member is missing. */
export function faultsInParts({ parts, members, logs, documents }: MemoryDatabase): readonly string[] {
  const faults: string[] = []
  for (const [name, { state, logs: held }] of parts) {
    const items = [...held.values()].map((log) => {
      const head = logs.get(log.publicKey)?.heads.get(log.logId)
      return hashToNumber(log.isForked || !head ? forkHash(log) : head.hash)
    })
    if (items.reduce(addHashes, 0n) !== state.sum) faults.push(`the sum of ${name} is not that of its heads`)
    if (items.length !== state.count) faults.push(`${name} counts ${state.count} heads and has ${items.length}`)
  }
  for (const [documentId, keys] of members)
    for (const { scope, part } of keys)
      for (const { entry } of documents.get(documentId)?.items ?? []) {
        const { publicKey, logId } = readEntry(entry)
        if (!parts.get(`${part}/${scope}`)?.logs.has(`${publicKey}/${logId}`))
          faults.push(`a log of ${documentId} is not in ${scope}, the document is`)
      }
  return faults
}
