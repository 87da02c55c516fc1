import { bytesToHex } from '../../src/core/bytes/hex.ts'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import { encodeUnsignedEntry, sealEntry } from '../../src/core/entry/encode.ts'
import { lipmaa, needsSkiplink } from '../../src/core/entry/lipmaa.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import type { EncodedOperation, Hash, OperationId, PublicKey, SchemaId, Signature } from '../../src/core/ids.ts'
import { encodeOperation } from '../../src/core/operation/encode.ts'
import type { FieldValue, Fields, Operation } from '../../src/core/operation/operation.ts'
import type { CarriedEntry } from '../../src/sync/log-ranges.ts'
import { valueOf } from './engine.ts'

/**
 * What a group has after a year: five keys write 35, 25, 20, 12 and 8 % of 10,000 list items and change 30 % of them one to three times, whoever
 * comes by. Every entry is real and signed, and one seed gives the same replica each time but for its keys.
 */
export interface Replica {
  /** Key by key, each log ascending, logs in the order of their ids: as a peer sends them. */
  readonly entries: readonly CarriedEntry[]
  readonly logs: number
}

interface Shape {
  readonly documents: number
  /** Words of a made-up language, used as words are (Zipf); or random bytes as long, in the place of what groups seal. */
  readonly values: 'text' | 'random'
  /** Of the documents; absent: of a definition that nobody has. */
  readonly schemaId?: SchemaId
}

const shares = [0.35, 0.25, 0.2, 0.12, 0.08]
const changedShare = 0.3
const mostChanges = 3
const wordCount = 3000
const seed = 20_260_612
const noSchema = `shopping_list_row_${hashBytes(new TextEncoder().encode('a definition'))}` as SchemaId

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
function dice(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Some words; the n-th most frequent comes up 1/n as often as the first. */
function makeText(roll: () => number): (words: number) => string {
  const syllables = [
    'ka',
    'lo',
    'mi',
    'ren',
    'su',
    'ta',
    'vor',
    'el',
    'an',
    'dri',
    'po',
    'shu',
    'ber',
    'ni',
    'ost',
    'ul',
  ]
  const word = (): string =>
    Array.from({ length: 2 + Math.floor(roll() * 2) }, () => syllables[Math.floor(roll() * syllables.length)]).join('')
  const words = Array.from({ length: wordCount }, word)
  const total = words.reduce((sum, _, i) => sum + 1 / (i + 1), 0)
  const pick = (): string => {
    let left = roll() * total
    return words.find((_, i) => (left -= 1 / (i + 1)) <= 0) ?? ''
  }
  return (count) => Array.from({ length: count }, pick).join(' ')
}

const makeKey = async () => {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  return {
    publicKey: bytesToHex(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) as PublicKey,
    sign: async (bytes: Uint8Array): Promise<Signature> =>
      new Uint8Array(
        await crypto.subtle.sign('Ed25519', pair.privateKey, bytes as Uint8Array<ArrayBuffer>),
      ) as Signature,
  }
}

/** A key with its logs, each of one document. */
async function makeWriter() {
  const { publicKey, sign } = await makeKey()
  const logsByDocument = new Map<number, CarriedEntry[]>()
  const append = async (document: number, operation: EncodedOperation): Promise<Hash> => {
    const log = logsByDocument.get(document) ?? []
    logsByDocument.set(document, log)
    const seqNum = BigInt(log.length + 1)
    const unsigned = valueOf(
      encodeUnsignedEntry({
        publicKey,
        logId: log[0]?.entry.logId ?? BigInt(logsByDocument.size - 1),
        seqNum,
        backlink: log.at(-1)?.entry.hash,
        skiplink: needsSkiplink(seqNum) ? log[Number(lipmaa(seqNum)) - 1]?.entry.hash : undefined,
        payloadSize: BigInt(operation.length),
        payloadHash: hashBytes(operation),
      }),
    )
    const entry = valueOf(decodeEntry(sealEntry(unsigned, await sign(unsigned))))
    log.push({ entry, operation })
    return entry.hash
  }
  return { append, logs: () => [...logsByDocument.values()] }
}

/** Makes a replica of this shape; 10,000 documents take a few seconds. */
export async function makeReplica({ documents, values, schemaId = noSchema }: Shape): Promise<Replica> {
  const roll = dice(seed)
  const text = makeText(roll)
  const writers = await Promise.all(shares.map(makeWriter))
  const someone = () => {
    let left = roll()
    const index = shares.findIndex((share) => (left -= share) <= 0)
    return writers.at(index) as (typeof writers)[number]
  }
  const value = (words: number): FieldValue => {
    const written = text(words)
    if (values === 'text') return { kind: 'str', value: written }
    return { kind: 'bytes', value: Uint8Array.from(written, () => Math.floor(roll() * 256)) }
  }
  const encode = (operation: Operation): EncodedOperation => valueOf(encodeOperation(operation))
  const create = (): Fields => ({
    title: value(3),
    note: value(8),
    place: value(2),
    amount: { kind: 'int', value: BigInt(Math.floor(roll() * 100)) },
    done: { kind: 'bool', value: roll() < 0.5 },
  })

  const changes: { readonly document: number; readonly tip: { id: Hash } }[] = []
  for (let document = 0; document < documents; document++) {
    const id = await someone().append(document, encode({ action: 'create', schemaId, fields: create() }))
    const tip = { id }
    if (roll() < changedShare)
      for (let left = 1 + Math.floor(roll() * mostChanges); left > 0; left--) changes.push({ document, tip })
  }
  for (const { document, tip } of changes) {
    const previous = [tip.id as OperationId]
    tip.id = await someone().append(
      document,
      encode({ action: 'update', schemaId, previous, fields: { note: value(6) } }),
    )
  }
  const logs = writers.flatMap((writer) => writer.logs())
  return { entries: logs.flat(), logs: logs.length }
}
