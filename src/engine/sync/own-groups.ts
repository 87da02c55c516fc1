import type { Authority } from '../../core/authority/authority.ts'
import { type Subject, groupSubject, keySubject } from '../../core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { EngineDeps } from '../deps.ts'
import { nodesOf } from '../hosting/group-nodes.ts'
import { type HostingPolicy, readHosted, takeUp } from '../hosting/hosted.ts'
import { invitesOf } from '../invites/invites-of.ts'
import { readHeld } from '../invites/rows.ts'
import type { Membership, Standing } from './membership.ts'

const msPerSecond = 1_000

/** What follows from who may do what, until that changes. */
interface Known {
  groups: Promise<readonly DocumentId[]> | undefined
  readonly standings: Map<string, Promise<Standing>>
}

const nothingKnown = (): Known => ({ groups: undefined, standings: new Map() })

/**
 * Which groups this device follows, and who is in them, as its authority finds (identity.md R18). Those are followed in which it, or somebody it acts
 * for, is or was, and those in which a place was asked for: who was just let in does not hold what says so.
 */
export function ownGroups(
  deps: Pick<EngineDeps, 'store' | 'clock' | 'keys' | 'authority' | 'changes'>,
  mayKeep?: HostingPolicy,
): Membership {
  const { store, clock, keys, authority, changes } = deps
  let known = nothingKnown()
  changes.subscribe((changed) => {
    if (changed.authority === true) known = nothingKnown()
  })
  const read = async (): Promise<readonly DocumentId[]> => {
    const [own] = await keys.publicKeys()
    if (own === undefined) return []
    const hosted = mayKeep ? await readHosted(store) : []
    return [...new Set([...followed(await authority.authority(), own), ...hosted])].sort()
  }
  const groups = (): Promise<readonly DocumentId[]> => (known.groups ??= kept(read(), () => (known = nothingKnown())))
  return {
    groups,
    standing: (group, key) => {
      const { standings } = known
      const name = `${group}/${key}`
      const found = standings.get(name) ?? standingOf(deps, group, key)
      standings.set(name, found)
      return kept(found, () => standings.delete(name))
    },
    invite: async (key) => {
      for (const group of await groups()) {
        const found = (await invitesOf(deps, group)).find((one) => one.key === key && one.isLive)
        if (found && found.expiresAt > clock.now() / msPerSecond) return { group, uses: found.uses }
      }
      return undefined
    },
    keptBy: async (node) => {
      const named: DocumentId[] = []
      for (const group of await groups())
        if ((await nodesOf(deps, group)).some(({ publicKey, isLive }) => isLive && publicKey === node))
          named.push(group)
      return named
    },
    ...(mayKeep && { host: (request) => takeUp(deps, mayKeep, request) }),
    held: async () => {
      const rows = await readHeld(store)
      const [own] = rows.length > 0 ? await keys.publicKeys() : []
      if (own === undefined) return []
      const now = await authority.authority()
      const waiting = rows.filter(
        ({ link: { group, expiresAt } }) =>
          expiresAt > clock.now() / msPerSecond && now.belonging(group, own) !== 'member',
      )
      if (waiting.length === 0) return []
      const { inviteKeys } = await import('../../core/invite/invite-keys.ts')
      return waiting.map(({ link: { secret, group } }) => ({ ...inviteKeys(secret), group }))
    },
  }
}

/** Members stand above nodes, and who was dismissed as one is as who was one. */
async function standingOf(
  deps: Pick<EngineDeps, 'store' | 'authority'>,
  group: DocumentId,
  key: PublicKey,
): Promise<Standing> {
  const belonging = (await deps.authority.authority()).belonging(group, key)
  if (belonging === 'member') return belonging
  const named = (await nodesOf(deps, group)).filter(({ publicKey }) => publicKey === key)
  if (named.some(({ isLive }) => isLive)) return 'node'
  return named.length > 0 ? 'former' : belonging
}

/** A failure of the store is not remembered. */
function kept<T>(found: Promise<T>, forget: () => void): Promise<T> {
  found.catch(forget)
  return found
}

function followed(authority: Authority, own: PublicKey): readonly DocumentId[] {
  const groups = authority.groups()
  const joined = groups.filter((group) => authority.belonging(group, own) !== 'unknown')
  const selves = new Set<Subject>([keySubject(own), ...joined.map(groupSubject)])
  // Also once it is answered: what makes the answer count may be still to come.
  const asksIn = (group: DocumentId): boolean => [...authority.askers(group)].some((subject) => selves.has(subject))
  const isJoined = new Set(joined)
  return groups.filter((group) => isJoined.has(group) || asksIn(group)).sort()
}
