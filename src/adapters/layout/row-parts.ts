import type { PublicKey } from '../../core/ids.ts'
import type { PartKey, PartState, Store } from '../../ports/store.ts'
import { isPartChunk, partSlotsOf } from './part-chunk.ts'
import { type Row, type Rows, judged, walk } from './row-access.ts'
import { headReads } from './row-heads.ts'
import { isMemberRow, isPartRow } from './rows.ts'
import { beginningWith, partKey } from './tables.ts'

const emptyPart = ({ scope, part }: PartKey): PartState => ({ scope, part, count: 0, sum: 0n, number: 0 })

const logsIn = (page: readonly Row[], since: number) =>
  page.flatMap(({ key, value }) => {
    const [, , publicKey, chunk] = key
    const slots = isPartChunk(value) ? partSlotsOf(value, BigInt(`0x${chunk}`)) : []
    return slots.filter(({ number }) => number > since).map((slot) => ({ ...slot, publicKey: publicKey as PublicKey }))
  })

/** Reads of `parts`, `partLogs` and `members`. */
export const partReads = (rows: Rows): Pick<Store, 'parts' | 'part' | 'partsOf' | 'partLogs'> => {
  const { heads } = headReads(rows)
  return {
    parts: async () => (await rows.range('parts', {})).flatMap(({ value }) => (isPartRow(value) ? [value] : [])),
    part: async (key) => {
      const [row] = await rows.getMany('parts', [partKey(key)])
      return judged('parts', partKey(key), row, isPartRow) ?? emptyPart(key)
    },
    partsOf: async (documentIds) => {
      const keys = documentIds.map((id) => [id])
      const found = await rows.getMany('members', keys)
      return found.map((row, at) => judged('members', keys[at]!, row, isMemberRow) ?? [])
    },
    partLogs: async function* (key, since, signal) {
      for await (const page of walk(rows, 'partLogs', beginningWith(partKey(key)), signal)) {
        const logs = logsIn(page, since)
        const found = await heads(logs)
        const complete = logs.flatMap(({ isForked, number }, at) => {
          const head = found[at]
          return head ? [{ head, isForked, number }] : []
        })
        if (complete.length > 0) yield complete
      }
    },
  }
}
