import type { PublicKey } from '../../core/ids.ts'
import { maxPetnameCharacters } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Store } from '../../ports/store.ts'
import type { Failure } from '../failure.ts'

/** `local` rows: what a person calls their devices here, by their keys. Cards of devices (`takibi_device_v1`) come with the person's own secret group. */
const prefix = 'device/name/'

export async function readDeviceNames(store: Pick<Store, 'localWith'>): Promise<ReadonlyMap<string, string>> {
  const rows = await store.localWith(prefix)
  return new Map(rows.map(([key, value]) => [key.slice(prefix.length), value as string]))
}

/** Gives a name, or takes it away where it is empty. `petname/too-long`. */
export async function writeDeviceName(
  store: Pick<Store, 'commit'>,
  publicKey: PublicKey,
  name: string,
): Promise<Result<void, Failure>> {
  const key = prefix + publicKey
  const said = name.trim()
  if (Array.from(said).length > maxPetnameCharacters)
    return fail({ code: 'petname/too-long', limit: maxPetnameCharacters })
  await store.commit([said === '' ? { delete: 'local', key } : { put: 'local', key, value: said }], [])
  return ok(undefined)
}
