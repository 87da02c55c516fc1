/** What can befall an IndexedDB, done on purpose. */

/** Overwrites one row with what no store wrote. */
export const damageRow = (name: string, table: string, key: IDBValidKey): Promise<void> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.addEventListener('error', () => reject(opening.error!))
    opening.addEventListener('success', () => {
      const database = opening.result
      const transaction = database.transaction(table, 'readwrite')
      transaction.objectStore(table).put(Uint8Array.of(1, 2, 3), key)
      transaction.addEventListener('complete', () => {
        database.close()
        resolve()
      })
    })
  })

/** After `fill`, what is written fails as it does in a browser whose disk is full: late, by aborting its transaction. */
export const withFullDisk = (): { readonly fill: () => void; readonly restore: () => void } => {
  const commit = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'commit')!
  return {
    fill: () => {
      IDBTransaction.prototype.commit = function full(): void {
        Object.defineProperty(this, 'error', { value: new DOMException('no space', 'QuotaExceededError') })
        this.abort()
      }
    },
    restore: () => {
      Object.defineProperty(IDBTransaction.prototype, 'commit', commit)
    },
  }
}
