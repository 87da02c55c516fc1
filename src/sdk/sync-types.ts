import type { NodeAddress } from '../core/meeting/node-address.ts'
import type { NodeLink } from '../core/meeting/node-link.ts'
import type { OutboxState, RefusedEntry } from '../engine/outbox/api.ts'
import type {
  DocumentStatus,
  HeadsTable,
  PeerInfo,
  PresenceState,
  PresentPeer,
  SessionInfo,
  SharedScope,
} from '../engine/sync/api.ts'
import type { Connecting, NodeInfo, NodesState, Saving } from '../hosts/nodes/api.ts'
import type { Shortage } from '../hosts/page-state.ts'
import type { RelaysState } from '../hosts/relays/api.ts'
import type { DocumentLike, Live, LiveStatus, SchemaLike } from './takibi-node.ts'

/** Connections, open ones and those that ended lately, in the order they came. */
export type PeersState = LiveStatus & { readonly peers: readonly PeerInfo[] }
/** What is exchanged with whom, scope by scope. */
export type SessionsState = LiveStatus & { readonly sessions: readonly SessionInfo[] }
/** Everything that is shared: with whom it is the same now, and who had everything at some moment. */
export type SyncStatus = LiveStatus & { readonly shared: readonly SharedScope[] }
/** The nodes that were chosen on this device, and whether they are connected with by themselves, and all the time. */
export type NodesView = LiveStatus & NodesState

/** Who is there in what is shared, by what they say themselves. */
export type PresenceView = LiveStatus & { readonly present: readonly PresentPeer[] }

/** The servers that were named on this device, and what looks for others there. */
export type RelaysView = LiveStatus & RelaysState

/** What was written here and is not known to be at a node yet, one item for each node that takes entries. */
export type OutboxView = LiveStatus & { readonly nodes: readonly OutboxState[] }

/** Nodes that this device connects with. None until somebody adds one; nobody else is ever called. */
export interface Nodes {
  readonly list: () => Live<NodesView>
  /** Keeps a node and connects to it; one that is known under this key gets the new address. Throws `dial/unsupported`. */
  readonly add: (node: NodeAddress & Partial<Pick<NodeLink, 'token'>>) => Promise<void>
  readonly pause: (transportKey: string) => Promise<void>
  readonly resume: (transportKey: string) => Promise<void>
  readonly remove: (transportKey: string) => Promise<void>
  /** `always`: as long as the node is open; `asked`: only with `connectNow`, once. */
  readonly setConnecting: (connecting: Connecting) => Promise<void>
  /**
   * When to connect with nodes now and then instead of staying connected: `always`, `never`, or by itself (`auto`) while the device is short on
   * data or battery, as far as its browser tells.
   */
  readonly setSaving: (saving: Saving) => Promise<void>
  readonly connectNow: () => Promise<void>
  /**
   * Publishes what is shared and was written here to another p2panda node (an aquadoggo), by the URL of its GraphQL endpoint; it gets nothing else,
   * and nothing comes from it. Throws `dial/unsupported`.
   */
  readonly publishTo: (url: string) => Promise<void>
  readonly publishNoLongerTo: (url: string) => Promise<void>
}

/**
 * Meeting others directly through Nostr relays: they pass sealed words on by which two devices find each other, and carry none of the
 * data. Nothing is called until a relay is named and something shared is turned on. A relay learns this device's network address and when
 * it is there; who has the link to the shared thing can learn it too.
 */
export interface Relays {
  readonly list: () => Live<RelaysView>
  /** A relay (`wss://…`), or a STUN server (`stun:…`), which tells a device the address that others see it under. Throws `dial/unsupported`. */
  readonly add: (address: string) => Promise<void>
  readonly remove: (address: string) => Promise<void>
  /** By the first version of its schema, as `status` names what is shared. Throws `schema/unknown`. */
  readonly turnOn: (schema: SchemaLike) => Promise<void>
  readonly turnOff: (schema: SchemaLike) => Promise<void>
}

/** How a node stands with others. What is not shared goes nowhere; what is shared is served to everybody who asks for it. */
export interface Sync {
  readonly peers: () => Live<PeersState>
  readonly sessions: () => Live<SessionsState>
  readonly status: () => Live<SyncStatus>
  /**
   * Who is there now in what is shared: devices that are connected, and others whose words these pass on. Nobody can prove it, and it is
   * kept nowhere; who has said nothing for a minute drops out with the next report.
   */
  readonly presence: () => Live<PresenceView>
  /** Says to whoever follows it what this person does there, until it is said otherwise; `undefined`: nothing more. Throws `scope/system-schema`. */
  readonly sayPresence: (schema: SchemaLike, presence: PresenceState | undefined) => Promise<void>
  /** How far the logs of what is shared go here, and with devices that were met. Throws `scope/system-schema`. */
  readonly heads: (schema: SchemaLike) => Promise<HeadsTable>
  /** Devices that have the newest entry of each document; in the order of what was asked. */
  readonly withWhom: (documents: readonly DocumentLike[]) => Promise<readonly DocumentStatus[]>
  /**
   * Shares a schema's family: its definitions, collections, views, things and files go to whoever follows it, and theirs come in. Of a
   * schema that is not known here, the id of its first version: it comes with the first peer that has it. Resolves when all that is here
   * already has entered. Throws `scope/system-schema`, `schema/unknown`.
   */
  readonly share: (schema: SchemaLike) => Promise<void>
  /** Neither serves nor asks any more. What has left cannot be called back. */
  readonly unshare: (schema: SchemaLike) => Promise<void>
  /** Ends a connection by its number. Throws `sync/peer-unknown`. */
  readonly disconnect: (peer: number) => Promise<void>
  /** Also sent when no page is open, where the browser wakes the app's service worker; without one, by the page. */
  readonly outbox: () => Live<OutboxView>
  /** Tries again what a node refused: one entry, or all. `target` as the outbox names it. */
  readonly retryRefused: (target: string, operation?: string) => Promise<void>
  readonly nodes: Nodes
  readonly relays: Relays
}

export type {
  Connecting,
  DocumentStatus,
  HeadsTable,
  NodeAddress,
  NodeInfo,
  OutboxState,
  PeerInfo,
  PresenceState,
  PresentPeer,
  RefusedEntry,
  Saving,
  SessionInfo,
  SharedScope,
  Shortage,
}
