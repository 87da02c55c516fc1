import { hashBytes } from '../src/core/hash/yasmf.ts'
import { type Item, type ItemSet, itemSetOf, withItem, withoutItem } from '../src/sync/negentropy/item-set.ts'
import { initiate, reconcile, respond } from '../src/sync/negentropy/reconcile.ts'
import type { AppRow, Case, Subject } from './harness/subject.ts'
import { valueOf } from './support/engine.ts'

/** Heads of a replica of 10,000 documents, and logs that share a log id: those of five keys. */
const heads = 14_229
const keys = 5

const itemOf = (timestamp: number, name: string): Item => ({
  timestamp: BigInt(timestamp),
  id: hashBytes(new TextEncoder().encode(name)),
})
const items: readonly Item[] = Array.from({ length: heads }, (_, n) => itemOf(Math.floor(n / keys), `head ${n}`))
const added = (count: number): readonly Item[] =>
  Array.from({ length: count }, (_, n) => itemOf(Math.ceil(heads / keys) + n, `new ${n}`))

/** The set after `count` of its heads, from all over it, went on. */
const withUpdates = (set: ItemSet, count: number): ItemSet =>
  items
    .filter((_, n) => n % Math.floor(heads / count) === 3)
    .slice(0, count)
    .reduce(
      (changed, item) =>
        withItem(withoutItem(changed, item), {
          ...item,
          id: hashBytes(new Uint8Array(count).fill(Number(item.timestamp % 251n))),
        }),
      set,
    )

/** Bytes of all messages of an exchange. */
function exchange(ours: ItemSet, theirs: ItemSet, opening: 'buckets' | 'one' = 'buckets'): number {
  let { state, message } = initiate(ours, { opening })
  let responder = respond(theirs)
  let bytes = 0
  for (;;) {
    const answered = valueOf(reconcile(responder, message))
    responder = answered.state
    const reply = answered.reply ?? new Uint8Array(0)
    bytes += message.length + reply.length
    const taken = valueOf(reconcile(state, reply))
    if (!taken.reply) return bytes
    state = taken.state
    message = taken.reply
  }
}

const total = (name: string, bytes: number, most?: number): AppRow => {
  const row = { name, value: bytes, unit: 'B', all: [bytes] } as const
  return most === undefined ? row : { ...row, toReach: `≤ ${most} B`, isReached: bytes <= most }
}

export const subject: Subject = {
  name: 'reconcile',
  about:
    'Finds by Negentropy in what two sets of 14,229 heads differ: bytes of all messages, and time of both sides together.',
  where: ['node'],
  items: 1,
  rounds: 9,
  prepare: async (): Promise<readonly Case[]> => {
    const set = itemSetOf(items)
    const news = added(10).reduce(withItem, set)
    const updates = withUpdates(set, 10)
    return [
      { name: 'make the set of all heads', run: async () => itemSetOf(items) },
      { name: 'put 1,000 more heads in', run: async () => added(1000).reduce(withItem, set) },
      { name: 'nothing differs', run: async () => exchange(set, set) },
      { name: '10 new logs', run: async () => exchange(set, news) },
      { name: '10 logs went on', run: async () => exchange(set, updates) },
    ]
  },
  figures: async (): Promise<readonly AppRow[]> => {
    const set = itemSetOf(items)
    return [
      total('nothing differs, by one opening range', exchange(set, set, 'one'), 21),
      total('nothing differs', exchange(set, set)),
      total('10 new logs', exchange(set, added(10).reduce(withItem, set)), 3000),
      total('10 logs went on', exchange(set, withUpdates(set, 10))),
    ]
  },
}
