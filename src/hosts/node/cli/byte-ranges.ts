import { encodeVarU64 } from '../../../core/bytes/varu64.ts'
import type { Entry } from '../../../core/entry/entry.ts'
import { hashLength } from '../../../core/hash/yasmf.ts'

/** What stands where in an entry, in the order of its bytes. */
export function byteRanges(entry: Entry): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const lengths: readonly (readonly [name: string, length: number])[] = [
    ['tag', 1],
    ['public key', 32],
    ['log id', encodeVarU64(entry.logId).length],
    ['sequence number', encodeVarU64(entry.seqNum).length],
    ['skiplink', entry.skiplink ? hashLength : 0],
    ['backlink', entry.backlink ? hashLength : 0],
    ['payload size', encodeVarU64(entry.payloadSize).length],
    ['payload hash', hashLength],
    ['signature', entry.signature.length],
  ]
  let at = 0
  return lengths.flatMap(([name, length]) => {
    const bytes = entry.bytes.subarray(at, (at += length))
    return length > 0 ? [{ name, bytes }] : []
  })
}
