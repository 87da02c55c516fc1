import type { DocumentId, SchemaId } from '../../core/ids.ts'
import type { PeerInfo, PresenceState, PresentPeer, SessionInfo, SharedScope } from '../../engine/sync/api.ts'

/** What can be watched of replication, by name: each tab has a part of it. */
export interface Views {
  readonly peers: readonly PeerInfo[]
  readonly sessions: readonly SessionInfo[]
  readonly shared: readonly SharedScope[]
  readonly present: readonly PresentPeer[]
}
export type ViewName = keyof Views

/** What a tab's person does in a schema family or a group; `undefined`: nothing more. */
export interface Doing {
  readonly where: SchemaId | DocumentId
  readonly presence: PresenceState | undefined
  readonly at: number
}

/** A tab's parts of views, as long as another tab wants them. */
export type Parts = { readonly [Name in ViewName]?: Views[Name] | undefined }

/** What each tab tells the others. */
export interface TabRow extends Parts {
  /** Numbers of connections are one tab's from here on. */
  readonly first: number
  readonly isVisible: boolean
  readonly wants: readonly ViewName[]
  /** Connections of others that this tab wants ended. */
  readonly ends: readonly number[]
  readonly doing: readonly Doing[]
}

/** How many connections a tab may number. */
export const numbersPerTab = 2 ** 20
