import type { PublicKey } from '../../core/ids.ts'
import type { Head, Store } from '../../ports/store.ts'
import { headOf, headsOf, isHeadChunk } from './head-chunk.ts'
import { type Row, type Rows, judged, walk } from './row-access.ts'
import { beginningWith, chunkKey, chunkName } from './tables.ts'

const headsIn = (page: readonly Row[]): readonly Head[] =>
  page.flatMap(({ key, value }) =>
    isHeadChunk(value) ? headsOf(value, key[0] as PublicKey, BigInt(`0x${key[1]}`)) : [],
  )

/** Reads of `heads`. */
export const headReads = (rows: Rows): Pick<Store, 'head' | 'heads' | 'allHeads' | 'lastLog'> => {
  const heads: Store['heads'] = async (logs) => {
    const names = logs.map(chunkName)
    const logByChunk = new Map(logs.map((log, at) => [names[at], log]))
    const keys = [...logByChunk.values()].map(chunkKey)
    const chunks = await rows.getMany('heads', keys)
    const chunkByName = new Map(
      [...logByChunk.keys()].map((name, at) => [name, judged('heads', keys[at]!, chunks[at], isHeadChunk)]),
    )
    return logs.map((log, at) => {
      const chunk = chunkByName.get(names[at])
      return chunk && headOf(chunk, log.publicKey, log.logId)
    })
  }
  return {
    heads,
    head: async (log) => (await heads([log]))[0],
    allHeads: async function* (publicKey, signal) {
      const span = publicKey === undefined ? {} : beginningWith([publicKey])
      for await (const page of walk(rows, 'heads', span, signal)) yield headsIn(page)
    },
    lastLog: async (publicKey) => {
      const [last] = await rows.range('heads', beginningWith([publicKey]), { direction: 'desc', limit: 1 })
      if (last) judged('heads', last.key, last.value, isHeadChunk)
      return last && headsIn([last]).at(-1)
    },
  }
}
