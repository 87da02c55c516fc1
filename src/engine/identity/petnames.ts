import type { DocumentId } from '../../core/ids.ts'
import { maxPetnameCharacters } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Store } from '../../ports/store.ts'
import type { Failure } from '../failure.ts'
import type { Petname } from './api.ts'

/** `local` rows: what I call somebody, by their id. */
const prefix = 'petname/'

type PetnameRow = Pick<Petname, 'name' | 'isVerified'>

/** Everybody I gave a name, by id. */
export async function readPetnames(store: Pick<Store, 'localWith'>): Promise<readonly Petname[]> {
  const rows = await store.localWith(prefix)
  return rows.map(([key, value]) => ({ person: key.slice(prefix.length) as DocumentId, ...(value as PetnameRow) }))
}

/** Gives a name, or takes it away where it is empty. `petname/too-long`. */
export async function writePetname(
  store: Pick<Store, 'commit'>,
  { person, name, isVerified }: Petname,
): Promise<Result<void, Failure>> {
  const key = prefix + person
  const said = name.trim()
  const characters = Array.from(said).length
  if (characters > maxPetnameCharacters) return fail({ code: 'petname/too-long', limit: maxPetnameCharacters })
  const row: PetnameRow = { name: said, isVerified }
  await store.commit([said === '' ? { delete: 'local', key } : { put: 'local', key, value: row }], [])
  return ok(undefined)
}
