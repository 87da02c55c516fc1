import { encodeVarU64, type Entry } from '../../../sdk/core.ts'

/** The parts of an entry, in the order of their bytes (Bamboo with YASMF hashes). */
export type EntryPart =
  | 'tag'
  | 'publicKey'
  | 'logId'
  | 'seqNum'
  | 'skiplink'
  | 'backlink'
  | 'payloadSize'
  | 'payloadHash'
  | 'signature'

/** Bytes `from` (included) to `to` (not included) and what they say. */
export interface ByteRange {
  readonly part: EntryPart
  readonly from: number
  readonly to: number
}

const hashLength = 34

/** Where each part of an entry lies. Together the ranges cover every byte once. */
export const entryRanges = (entry: Entry): readonly ByteRange[] => {
  const lengths: readonly (readonly [EntryPart, number])[] = [
    ['tag', 1],
    ['publicKey', 32],
    ['logId', encodeVarU64(entry.logId).length],
    ['seqNum', encodeVarU64(entry.seqNum).length],
    ['skiplink', entry.skiplink === undefined ? 0 : hashLength],
    ['backlink', entry.backlink === undefined ? 0 : hashLength],
    ['payloadSize', encodeVarU64(entry.payloadSize).length],
    ['payloadHash', hashLength],
    ['signature', 64],
  ]
  let at = 0
  return lengths
    .filter(([, length]) => length > 0)
    .map(([part, length]) => {
      const from = at
      at += length
      return { part, from, to: at }
    })
}
