import type { PublicKey } from '../../core/ids.ts'
import type { Head, Store } from '../../ports/store.ts'
import { headOf, headsOf, isHeadChunk } from './head-chunk.ts'
import { type Row, type Rows, judged, walk } from './row-access.ts'
import { beginningWith, chunkKey } from './tables.ts'

const headsIn = (page: readonly Row[]): readonly Head[] =>
  page.flatMap(({ key, value }) =>
    isHeadChunk(value) ? headsOf(value, key[0] as PublicKey, BigInt(`0x${key[1]}`)) : [],
  )

/** Reads of `heads`. */
export const headReads = (rows: Rows): Pick<Store, 'head' | 'heads' | 'allHeads' | 'lastLog'> => {
  const heads: Store['heads'] = async (logs) => {
    const keyByName = new Map(logs.map(chunkKey).map((key) => [key.join('/'), key]))
    const chunks = await rows.getMany('heads', [...keyByName.values()])
    const chunkByName = new Map(
      [...keyByName].map(([name, key], at) => [name, judged('heads', key, chunks[at], isHeadChunk)]),
    )
    return logs.map((log) => {
      const chunk = chunkByName.get(chunkKey(log).join('/'))
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
