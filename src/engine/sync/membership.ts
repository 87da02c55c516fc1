import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { InviteKeys } from '../../core/invite/invite-keys.ts'

/**
 * What a key is in a group, by everything that is known now (identity.md R18): an accepted member, itself or through its person; a node that keepers
 * admitted; one that once was either; or nobody heard of.
 */
export type Standing = 'member' | 'node' | 'former' | 'unknown'

/** An invite that lives: not deleted, not expired, by somebody who may invite. */
export interface LivingInvite {
  readonly group: DocumentId
  /** How many it is for. */
  readonly uses: number
}

/** An invite that this device holds, with what proves it. */
export interface HeldKey extends Pick<InviteKeys, 'key' | 'seed'> {
  readonly group: DocumentId
}

/** What somebody asks of a node (flows.md §2). */
export interface HostRequest {
  readonly group: DocumentId
  readonly token: Uint8Array | undefined
  /** Who asks, by its Hello. */
  readonly publicKey: PublicKey
}

/** All that connections ask of whoever knows who may do what. Answers may change whenever the engine tells of a change. */
export interface Membership {
  /** Groups that this device follows: its own, those of its person, those that a node hosts. */
  readonly groups: () => Promise<readonly DocumentId[]>
  readonly standing: (group: DocumentId, key: PublicKey) => Promise<Standing>
  /** The living invite of a group followed here that this key names. */
  readonly invite: (key: PublicKey) => Promise<LivingInvite | undefined>
  /** The invites by which this device knocks somewhere: it proves to hold them. */
  readonly held: () => Promise<readonly HeldKey[]>
  /** The groups followed here whose keepers admitted the node of this key: it is asked to keep them. */
  readonly keptBy: (node: PublicKey) => Promise<readonly DocumentId[]>
  /**
   * Present on nodes: takes a group up, or not, by the node's own policy. Whether its keepers admitted the node shows once part 0 is here.
   */
  readonly host?: (request: HostRequest) => Promise<boolean>
}

/** Of a device that is in no group. */
export const noGroups: Membership = {
  groups: async () => [],
  standing: async () => 'unknown',
  invite: async () => undefined,
  held: async () => [],
  keptBy: async () => [],
}
