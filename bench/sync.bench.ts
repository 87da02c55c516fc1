import { memoryClock } from '../src/adapters/memory/memory-clock.ts'
import { installFastBlake3 } from '../src/adapters/web/fast-blake3.ts'
import type { DocumentId, PublicKey, SchemaId } from '../src/core/ids.ts'
import type { ScopeRecord } from '../src/engine/sync/shared-scopes.ts'
import { encodeFrame } from '../src/sync/frames.ts'
import { haveMessages } from '../src/sync/heads-body.ts'
import type { LogHead } from '../src/sync/messages.ts'
import type { AppRow, Case, Subject } from './harness/subject.ts'
import { call, valueOf } from './support/engine.ts'
import { type Meeting, type Party, aParty, defineRows, fill, meet } from './support/two-replicas.ts'

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

/** Round trips of a meeting, from the end of the handshake. */
const trips = (name: string, { roundTrips: { untilHere, untilKnown } }: Meeting): readonly AppRow[] => {
  const known = {
    name: `${name}: until both know`,
    value: untilKnown,
    unit: 'round trips',
    all: [untilKnown],
  } as const
  if (untilHere === 0) return [known]
  const isReached = untilHere <= 2
  const here = { ...known, name: `${name}: until all is here`, value: untilHere, all: [untilHere] }
  return [{ ...here, toReach: '≤ 2 round trips', isReached }, known]
}

/** Bytes of the compressed list of all heads, as it travels. */
async function allHeadsBytes({ engine: { deps } }: Party, { name }: Pick<ScopeRecord, 'name'>): Promise<number> {
  const heads = new Map<PublicKey, LogHead[]>()
  for await (const page of deps.store.partLogs({ scope: name, part: 1 }, 0, call.signal))
    for (const { head } of page) heads.set(head.publicKey, [...(heads.get(head.publicKey) ?? []), head])
  const messages = haveMessages(
    0,
    [...heads].map(([publicKey, logs]) => ({ publicKey, logs })),
  )
  return messages.reduce((sum, message) => sum + encodeFrame(message).length, 0)
}

/** What an hour costs two that are connected and have nothing to say. */
async function idleHour(meeting: Meeting, { wakeUps }: Party, name: string): Promise<readonly AppRow[]> {
  const [bytes, times] = [meeting.bytes(), wakeUps()]
  await meeting.wait(hourMs)
  const woken = wakeUps() - times
  return [
    total(name, meeting.bytes() - bytes, 10 * 1024),
    { name: `${name}: wake-ups of one device`, value: woken, unit: 'times', all: [woken] },
  ]
}

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
    const rows: AppRow[] = []
    const meetAgain = async (name: string, isCold: boolean, most: number): Promise<void> => {
      if (isCold) for (const party of [ada, bo]) party.forget()
      const meeting = await meet(clock, ada, bo)
      rows.push(total(name, meeting.bytes(), most))
      if (!isCold) rows.push(...trips(name, meeting))
      await meeting.close()
    }
    const each = (name: string, { bytes, entries }: typeof text, most: number): AppRow => ({
      ...total(name, bytes / entries, most),
    })
    rows.push(each('everything, text, per entry', text, 130), each('everything, random values, per entry', random, 180))
    await meetAgain('again, nothing new', false, 1_100)
    await write(ada, schema, 10)
    await meetAgain('again, 10 new', false, 2_048 + 10 * 150)
    await change(bo, ids, 10)
    await meetAgain('again, 10 from all over changed', false, 2_048 + 10 * 150)
    await meetAgain('as strangers, nothing differs', true, 5 * 1024)
    await write(ada, schema, 10)
    await meetAgain('as strangers, 10 new', true, 5 * 1024 + 10 * 150)
    await change(ada, ids, 10)
    await meetAgain('as strangers, 10 from all over changed', true, 8 * 1024 + 10 * 150)
    await change(ada, ids, 1_000)
    const [scope] = valueOf(await ada.engine.api.shared())
    const heads = await allHeadsBytes(ada, { name: scope!.scope })
    await meetAgain('as strangers, 1,000 from all over changed', true, 16 * 1024 + heads + 1_000 * 150)
    const meeting = await meet(clock, ada, bo)
    await meeting.wait(10_000)
    rows.push(...(await idleHour(meeting, ada, 'an hour with nothing to say')))
    for (const { engine } of [ada, bo]) engine.api.setVisible(false)
    await meeting.wait(60_000)
    rows.push(...(await idleHour(meeting, ada, 'the same, while nobody looks')))
    return rows
  },
}
