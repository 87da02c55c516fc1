/** One row of a database that holds keys only, so that wiping the data never wipes a key by accident, and the other way round. */
export interface KeyStore<Key> extends Disposable {
  readonly get: () => Promise<Key | undefined>
  /** Keeps the key. Rejects where one is kept already: a key is never replaced. */
  readonly add: (key: Key) => Promise<void>
  /** Takes it away for good. */
  readonly remove: () => Promise<void>
}

const table = 'keys'

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new DOMException('the request failed')))
  })

/** Opens the key database of a node at one of its keys. Written without a library: the signer worker stays small enough to be read whole. */
export async function openKeyStore<Key>(
  indexedDb: IDBFactory,
  database: string,
  row: 'device' | 'transport' | 'paper',
): Promise<KeyStore<Key>> {
  const opening = indexedDb.open(`takibi/${database}/keys`, 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(table))
  const opened = await settled(opening)
  // Another tab may want to delete the database; holding on would block it for good.
  opened.addEventListener('versionchange', () => opened.close())
  /** One change of the row, kept when this resolves. */
  const write = (change: (rows: IDBObjectStore) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const writing = opened.transaction(table, 'readwrite', { durability: 'strict' })
      change(writing.objectStore(table))
      writing.addEventListener('complete', () => resolve())
      writing.addEventListener('abort', () => reject(writing.error ?? new DOMException('the key was not kept')))
    })
  return {
    get: () => settled(opened.transaction(table).objectStore(table).get(row) as IDBRequest<Key | undefined>),
    add: (key) => write((rows) => rows.add(key, row)),
    remove: () => write((rows) => rows.delete(row)),
    [Symbol.dispose]: () => opened.close(),
  }
}
