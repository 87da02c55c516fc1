import { memoryClock } from '../src/adapters/memory/memory-clock.ts'
import { installFastBlake3 } from '../src/adapters/web/fast-blake3.ts'
import type { DocumentId, SchemaId } from '../src/core/ids.ts'
import type { AppRow, Case, Subject } from './harness/subject.ts'
import { call, valueOf } from './support/engine.ts'
import { type Party, aParty, defineRows, fill, meet } from './support/two-replicas.ts'

const documents = 10_000
const hourMs = 3_600_000

const total = (name: string, bytes: number, most: number): AppRow => ({
  name,
  value: bytes,
  unit: 'B',
  all: [bytes],
  toReach: `≤ ${most} B`,
  isReached: bytes <= most,
})

/** Two devices of which one has everything and the other nothing, and the first sync of both. */
async function firstSync(values: 'text' | 'random') {
  const clock = memoryClock()
  const [ada, bo] = [aParty('ada', 1, clock), aParty('bo', 2, clock)]
  const schema = await defineRows(ada, values)
  const entries = await fill(ada, values, schema, documents)
  valueOf(await bo.engine.api.share(schema))
  const meeting = await meet(clock, ada, bo)
  const bytes = meeting.bytes()
  await meeting.close()
  return { clock, ada, bo, schema, entries, bytes }
}

const write = async ({ engine: { api } }: Party, schema: SchemaId, count: number): Promise<void> => {
  const fields = { title: 'ka lo mi', note: 'ren su ta vor el an dri po', place: 'shu ber', amount: 3n, done: false }
  valueOf(
    await api.publish(
      Array.from({ length: count }, () => ({ action: 'create', schema, fields })),
      call,
    ),
  )
}
/** Changes documents from all over the set. */
async function change({ engine: { api } }: Party, ids: readonly DocumentId[], count: number): Promise<void> {
  const step = Math.floor(ids.length / count)
  const chosen = ids.filter((_, n) => n % step === 3 % step).slice(0, count)
  for (let at = 0; at < chosen.length; at += 500) {
    const drafts = chosen
      .slice(at, at + 500)
      .map((document) => ({ action: 'update' as const, document, fields: { place: `el an ${at}` } }))
    valueOf(await api.publish(drafts, call))
  }
}
async function idsOf({ engine: { deps } }: Party, schema: SchemaId): Promise<readonly DocumentId[]> {
  const ids: DocumentId[] = []
  for await (const page of deps.store.allDocuments(call.signal))
    for (const document of page) if (!('code' in document)) ids.push(document.documentId)
  const rows = await deps.store.views(ids)
  return ids.filter((_, at) => rows[at]?.schemaId === schema)
}

export const subject: Subject = {
  name: 'sync',
  about:
    'Bytes of whole meetings of two devices with 10,000 documents: handshake, Hello, sessions and boxes included, until both say that they are the same.',
  where: ['node'],
  items: 1,
  rounds: 1,
  prepare: async (): Promise<readonly Case[]> => [],
  figures: async (): Promise<readonly AppRow[]> => {
    await installFastBlake3()
    const random = await firstSync('random')
    const text = await firstSync('text')
    const { clock, ada, bo, schema } = text
    const ids = await idsOf(ada, schema)
    const meetAgain = async (isCold: boolean): Promise<number> => {
      if (isCold) for (const party of [ada, bo]) party.forget()
      const meeting = await meet(clock, ada, bo)
      const bytes = meeting.bytes()
      await meeting.close()
      return bytes
    }
    const each = (name: string, { bytes, entries }: typeof text, most: number): AppRow => ({
      ...total(name, bytes / entries, most),
    })
    const rows = [
      each('everything, text, per entry', text, 130),
      each('everything, random values, per entry', random, 180),
      total('again, nothing new', await meetAgain(false), 1_100),
    ]
    await write(ada, schema, 10)
    rows.push(total('again, 10 new', await meetAgain(false), 2_048 + 10 * 150))
    await change(bo, ids, 10)
    rows.push(total('again, 10 from all over changed', await meetAgain(false), 2_048 + 10 * 150))
    rows.push(total('as strangers, nothing differs', await meetAgain(true), 5 * 1024))
    await write(ada, schema, 10)
    rows.push(total('as strangers, 10 new', await meetAgain(true), 5 * 1024 + 10 * 150))
    await change(ada, ids, 10)
    rows.push(total('as strangers, 10 from all over changed', await meetAgain(true), 8 * 1024 + 10 * 150))
    await change(ada, ids, 1_000)
    rows.push(
      total(
        'as strangers, 1,000 from all over changed',
        await meetAgain(true),
        16 * 1024 + text.entries * 35 + 1_000 * 150,
      ),
    )
    const meeting = await meet(clock, ada, bo)
    await meeting.wait(10_000)
    const before = meeting.bytes()
    await meeting.wait(hourMs)
    rows.push(total('an hour with nothing to say', meeting.bytes() - before, 10 * 1024))
    return rows
  },
}
