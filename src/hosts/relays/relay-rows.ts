import type { SchemaId } from '../../core/ids.ts'
import type { ScopeName, Store } from '../../ports/store.ts'

/** `local` rows: `relays/servers`, and `relays/on/<scope>` for each scope that meets others there. */
const serversKey = 'relays/servers'
const prefix = 'relays/on/'

/** A shared scope that meets others through relays. */
export interface OnRow {
  readonly scope: ScopeName
  readonly schemaId: SchemaId
}

export const readServers = async (store: Store): Promise<readonly string[]> =>
  ((await store.local(serversKey)) as readonly string[] | undefined) ?? []

export const putServers = async (store: Store, servers: readonly string[]): Promise<void> => {
  await store.commit([{ put: 'local', key: serversKey, value: servers }], [])
}

export async function readOn(store: Store): Promise<readonly OnRow[]> {
  const rows = await store.localWith(prefix)
  return rows.map(([, value]) => value as OnRow)
}

export const putOn = async (store: Store, row: OnRow): Promise<void> => {
  await store.commit([{ put: 'local', key: prefix + row.scope, value: row }], [])
}

export const deleteOn = async (store: Store, scope: ScopeName): Promise<void> => {
  await store.commit([{ delete: 'local', key: prefix + scope }], [])
}
