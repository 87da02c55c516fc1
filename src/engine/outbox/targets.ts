import type { SchemaId } from '../../core/ids.ts'
import { schemaIdParts } from '../../core/schema/schema-id.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Store } from '../../ports/store.ts'

/**
 * Nodes that a person chose, in `local` rows:
 *
 *     nodes/at/<transport key>   a Takibi node: sessions, and the outbox where its address shows where it takes entries
 *     nodes/publish/<url>        any other p2panda node: the outbox alone
 *     nodes/connecting           `asked`: nobody is called unless somebody says so
 */
const prefix = 'nodes/'
export const nodePrefix = `${prefix}at/`
export const publishPrefix = `${prefix}publish/`
export const connectingKey = `${prefix}connecting`

/** Where entries are published by p2panda's client API. */
export interface OutboxTarget {
  /** Names its rows: the transport key of a Takibi node, the URL of another. */
  readonly id: string
  readonly kind: 'takibi' | 'p2panda'
  /** Of its GraphQL endpoint. */
  readonly url: string
  readonly isPaused: boolean
}

/** A host, a port, a path. Whether the browser lets it be called from here is seen when it is. */
const published =
  /^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[1-9]\d{0,4})?(?:\/[\w.~/-]*)?$/i
const maxUrlCharacters = 256

/** Whether this is the URL of an endpoint as people may write it: nothing in it that could hide where it leads. */
export const isPublishUrl = (text: string): boolean => text.length <= maxUrlCharacters && published.test(text)

/** Where a Takibi node that syncs at this address takes entries; nothing where the address does not end as its own do. */
export function publishUrlOf(address: string): string | undefined {
  const [, isSecure, host, path] = /^ws(s?):\/\/([^/]+)(\/.*)?$/i.exec(address) ?? []
  if (host === undefined) return undefined
  const at = /^(.*\/)sync\/?$/.exec(path ?? '/sync')?.[1]
  return at && `http${isSecure}://${host}${at}graphql`
}

export interface Targets {
  readonly all: readonly OutboxTarget[]
  /** Nobody is to be called unless somebody says so. */
  readonly isAskedOnly: boolean
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The nodes as the database has them just now, by one read. */
export async function readTargets(store: Pick<Store, 'localWith'>): Promise<Targets> {
  const rows = await store.localWith(prefix)
  const all = rows.flatMap(([key, value]): readonly OutboxTarget[] => {
    if (!isRecord(value)) return []
    if (key.startsWith(publishPrefix)) {
      const url = key.slice(publishPrefix.length)
      return [{ id: url, kind: 'p2panda', url, isPaused: false }]
    }
    const url = key.startsWith(nodePrefix) ? publishUrlOf(String(value['address'])) : undefined
    return url ? [{ id: key.slice(nodePrefix.length), kind: 'takibi', url, isPaused: value['isPaused'] === true }] : []
  })
  return { all, isAskedOnly: rows.some(([key, value]) => key === connectingKey && value === 'asked') }
}

/** System schemas that p2panda has, and other nodes know. */
const released: ReadonlySet<SchemaId> = new Set(
  (['schema_definition_v1', 'schema_field_definition_v1', 'blob_v1', 'blob_piece_v1'] as const).map(systemSchemaId),
)

/** Collections and views are Takibi's own: other nodes refuse them (docs/interop.md). */
export const takesSchema = ({ kind }: OutboxTarget, schemaId: SchemaId): boolean =>
  kind === 'takibi' || released.has(schemaId) || schemaIdParts(schemaId).kind === 'application'
