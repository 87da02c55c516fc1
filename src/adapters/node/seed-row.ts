import { randomBytes } from 'node:crypto'
import { bytesToHex, hexToBytes, isHex } from '../../core/bytes/hex.ts'
import type { Store } from '../../ports/store.ts'

/**
 * The seed of a key in a `local` row, for a database that several processes share and whose name is one: of two that make it at once the first is right.
 * Whoever may read the database has the key too.
 */
export async function openSeedRow(store: Store, name: string): Promise<Uint8Array> {
  const key = `seed/${name}`
  const kept = await store.local(key)
  if (typeof kept === 'string' && isHex(kept, 32)) return hexToBytes(kept)
  if (kept !== undefined) throw { code: 'store/corrupt', table: 'local', key } as unknown as Error
  const made = bytesToHex(randomBytes(32))
  await store.commit([{ put: 'local', key, value: made }], [{ local: key, value: undefined }])
  return openSeedRow(store, name)
}
