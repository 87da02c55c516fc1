import type { PublicKey } from '../core/ids.ts'
import type { Keys, Store } from '../ports/index.ts'

/** The `local` row that remembers which keys this database writes with. */
const row = 'keys/own'

const sameKeys = (a: readonly PublicKey[], b: readonly PublicKey[]): boolean =>
  a.length === b.length && a.every((key, at) => key === b[at])

const remembered = async (store: Store): Promise<readonly PublicKey[] | undefined> =>
  (await store.local(row)) as readonly PublicKey[] | undefined

/** Remembers the keys of a database that was never written to; of two tabs that do so at once the first is right. */
async function remember(store: Store, present: readonly PublicKey[]): Promise<readonly PublicKey[]> {
  const known = await remembered(store)
  if (known) return known
  const committed = await store.commit([{ put: 'local', key: row, value: present }], [{ local: row, value: undefined }])
  return committed === 'committed' ? present : remember(store, present)
}

/** The name without the power: enough to read. */
const withoutPower = (own: readonly PublicKey[], failure: unknown): Keys => ({
  publicKeys: () => Promise.resolve(own),
  // Ports reject with plain failures.
  signEntries: () => Promise.reject(failure),
  signHello: () => Promise.reject(failure),
})

/** The keys under the name the database knows, as soon as the signer has said that it holds them; until then one reads. */
function checkedKeys(keys: Keys, own: readonly PublicKey[]): Keys {
  const checked = keys.publicKeys().then(
    (present) => (sameKeys(own, present) ? keys : withoutPower(own, { code: 'signer/gone' })),
    (failure: unknown) => withoutPower(own, failure),
  )
  return {
    publicKeys: () => Promise.resolve(own),
    signEntries: async (unsigned, signal) => (await checked).signEntries(unsigned, signal),
    signHello: async (side, handshakeHash, signal) => (await checked).signHello(side, handshakeHash, signal),
  }
}

/**
 * The signer's keys, for as long as they are the ones this database was written with. When the key store was wiped and the data was not,
 * the signer holds a new key; going on with it would quietly make a stranger of this device. So the node keeps its name, reads everything,
 * and refuses to write with `signer/gone`; where the signer has no key at all, with what it says. Waits for the signer only where the database
 * does not know its keys yet.
 */
export async function ownKeys(keys: Keys, store: Store): Promise<Keys> {
  const own = (await remembered(store)) ?? (await remember(store, await keys.publicKeys()))
  return checkedKeys(keys, own)
}
