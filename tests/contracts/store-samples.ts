import { hashBytes } from '../../src/core/hash/yasmf.ts'
import type {
  DocumentId,
  DocumentViewId,
  EncodedEntry,
  EncodedOperation,
  Hash,
  LogId,
  OperationId,
  PublicKey,
  SchemaId,
  SeqNum,
} from '../../src/core/ids.ts'
import type { Change, Head, IndexKey, Pending, ViewRow } from '../../src/ports/store.ts'

/** Made-up rows. A store believes what it is given, so nothing here is signed; ids have the shape of ids. */

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const hashOf = (text: string): Hash => hashBytes(bytesOf(text))
export const documentIdOf = (name: string): DocumentId => hashOf(`document ${name}`) as DocumentId
export const keyOf = (name: string): PublicKey => hashOf(`key ${name}`).slice(4) as PublicKey

export const ada = keyOf('ada')
export const bo = keyOf('bo')
const schemaId = 'test_v1' as SchemaId

export interface ItemAt {
  readonly publicKey?: PublicKey
  readonly log?: number | bigint
  readonly seq?: number | bigint
  readonly document: string
  /** Bytes of the operation; `null`: dropped. */
  readonly size?: number | null
  readonly mark?: 'private' | 'shared'
  readonly origin?: 'local' | 'import' | 'peer'
  readonly isEnded?: boolean
}
type ItemChange = Extract<Change, { readonly put: 'item' }>

/** The entry at a place of a log; at sequence number 1 it is the CREATE of its document. */
export const item = (at: ItemAt): ItemChange => {
  const { publicKey = ada, log = 0, seq = 1, document, size = 20, mark = 'private', origin = 'import' } = at
  const documentId = documentIdOf(document)
  const name = `${publicKey}/${log}/${seq}`
  const operationId = (BigInt(seq) === 1n ? documentId : hashOf(name)) as OperationId
  const head: Head = {
    publicKey,
    logId: BigInt(log) as LogId,
    seqNum: BigInt(seq) as SeqNum,
    hash: operationId,
    documentId,
    isEnded: at.isEnded ?? false,
  }
  return {
    put: 'item',
    documentId,
    operationId,
    head,
    item: {
      entry: bytesOf(`entry ${name}`) as EncodedEntry,
      operation: size === null ? null : (new Uint8Array(size).fill(Number(seq) % 256) as EncodedOperation),
      receivedAt: 1_700_000_000_000 + Number(seq),
      origin,
    },
    mark,
  }
}

export const view = (document: string, keys: readonly IndexKey[] = [], about: Partial<ViewRow> = {}): ViewRow => {
  const documentId = documentIdOf(document)
  return {
    documentId,
    viewId: documentId as string as DocumentViewId,
    schemaId,
    owner: ada,
    fields: {
      name: { kind: 'str', value: document },
      count: { kind: 'int', value: -(2n ** 63n) },
      photo: { kind: 'bytes', value: bytesOf(document) },
    },
    isDeleted: false,
    isEdited: false,
    mark: 'private',
    pendingOperations: 0,
    createdAt: 1,
    changedAt: 2,
    keys,
    ...about,
  }
}

export const pending = (name: string, awaits: string): Pending => ({ id: hashOf(`pending ${name}`), awaits })
export const pendingItem = (name: string, awaits: string): Pending => ({
  ...pending(name, awaits),
  item: {
    entry: bytesOf(`pending entry ${name}`) as EncodedEntry,
    operation: bytesOf(`pending operation ${name}`) as EncodedOperation,
    receivedAt: 5,
    origin: 'peer',
    mark: 'shared',
  },
})
