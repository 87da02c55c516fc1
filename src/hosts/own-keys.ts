import type { PublicKey } from '../core/ids.ts'
import type { Keys, Store } from '../ports/index.ts'

/** The `local` row that remembers which keys this database writes with. */
const row = 'keys/own'

const sameKeys = (a: readonly PublicKey[], b: readonly PublicKey[]): boolean =>
  a.length === b.length && a.every((key, at) => key === b[at])

/** Remembers the keys of a database that was never written to; of two tabs that do so at once the first is right. */
async function remembered(store: Store, present: readonly PublicKey[]): Promise<readonly PublicKey[]> {
  const known = (await store.local(row)) as readonly PublicKey[] | undefined
  if (known) return known
  const committed = await store.commit([{ put: 'local', key: row, value: present }], [{ local: row, value: undefined }])
  return committed === 'committed' ? present : remembered(store, present)
}

/**
 * The signer's keys, for as long as they are the ones this database was written with. When the key store was wiped and the data was not,
 * the signer holds a new key; going on with it would quietly make a stranger of this device. So the node keeps its name, reads everything,
 * and refuses to write with `signer/gone`.
 */
export async function ownKeys(keys: Keys, store: Store): Promise<Keys> {
  const present = await keys.publicKeys()
  const own = await remembered(store, present)
  if (sameKeys(own, present)) return keys
  return {
    publicKeys: () => Promise.resolve(own),
    // oxlint-disable-next-line prefer-promise-reject-errors
    signEntries: () => Promise.reject({ code: 'signer/gone' }),
  }
}
