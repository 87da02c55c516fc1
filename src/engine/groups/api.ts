import type { MemberChange } from '../../core/authority/member-change.ts'
import type { DocumentId } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { Call } from '../api.ts'
import type { Failure } from '../failure.ts'
import type { GroupNode } from '../hosting/group-nodes.ts'

export type { GroupNode, MemberChange }

/** What changing a member did. */
export interface ChangedMember {
  /** Logs of which it is said that they stay as they are. */
  readonly keptLogs: number
  /** `false`: whoever it is about stands above this device, and could take it back. */
  readonly isFinal: boolean
}

/** What is done about members of groups. */
export interface GroupsApi {
  /** Gives a member another role, sends it away, or leaves: see `changeMember`. */
  readonly changeMember: (change: MemberChange, call: Pick<Call, 'signal'>) => Promise<Result<ChangedMember, Failure>>
  /** The nodes that keepers let serve a group, now and after every change. */
  readonly watchGroupNodes: (group: DocumentId, call: Call<Result<readonly GroupNode[], Failure>>) => Promise<void>
}
