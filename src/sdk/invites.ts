import type { DocumentId } from '../core/ids.ts'
import { isNodeAddress } from '../core/meeting/node-address.ts'
import type { EngineApi } from '../engine/api.ts'
import type { Invite, KnockedPlace, OpenKnock } from '../engine/invites/api.ts'
import type { NodesApi } from '../hosts/nodes/api.ts'
import { groupNodesView } from './groups.ts'
import type { InviteLink, Invites, InvitesView, KnocksView, PlacesView } from './invites-types.ts'
import { liveView } from './live.ts'
import { toDocumentId } from './parse.ts'
import { answerOf, unwrap } from './unwrap.ts'

const never = new AbortController().signal
const msPerSecond = 1_000

/** Invites over an engine. What links are made of is loaded when one is. */
export function invitesOf(api: EngineApi, nodes: NodesApi): Invites {
  const places = liveView<readonly KnockedPlace[], PlacesView>({
    initial: { status: 'loading', places: [] },
    watch: api.watchPlaces,
    next: (list) => ({ status: 'ready', places: list }),
  })
  const invites = (group: DocumentId) =>
    liveView<readonly Invite[], InvitesView>({
      initial: { status: 'loading', invites: [] },
      watch: (call) => api.watchInvites(group, call),
      next: (list) => ({ status: 'ready', invites: list }),
    })
  const read = async (link: string): Promise<InviteLink> => {
    const { parseInviteLink } = await import('../core/invite/invite-link.ts')
    return unwrap(parseInviteLink(link, Math.floor(Date.now() / msPerSecond)))
  }
  const write = async (link: InviteLink): Promise<string> => {
    const { inviteLinkText } = await import('../core/invite/invite-link.ts')
    return inviteLinkText(link)
  }
  return {
    make: async (group, { signal = never, ...draft }) =>
      answerOf(api.makeInvite({ ...draft, group: toDocumentId(group) }, { signal })),
    of: (group) => invites(toDocumentId(group)),
    knocks: (group) =>
      liveView<readonly OpenKnock[], KnocksView>({
        initial: { status: 'loading', knocks: [] },
        watch: (call) => api.watchKnocks(toDocumentId(group), call),
        next: (list) => ({ status: 'ready', knocks: list }),
      }),
    withdraw: async ({ id }, { signal = never } = {}) => {
      await answerOf(api.publish([{ action: 'delete', document: id }], { signal }))
    },
    link: async ({ secret, group, expiresAt }, claims) => {
      if (secret === undefined) return undefined
      const { nodes: kept } = await groupNodesView(api, group).once()
      // An address is what a keeper wrote: one that nothing can dial would make a link that nobody can read.
      const dialled = kept.filter(({ address }) => isNodeAddress(address))
      const hints = dialled.map(({ address, transportKey }) => ({ kind: 'node' as const, address, transportKey }))
      return write({ ...claims, hints: [...hints, ...claims.hints], secret, group, expiresAt })
    },
    read,
    write,
    knock: async (link, name, { signal = never } = {}) => {
      const invite = await read(link)
      const place = await answerOf(api.knock(invite, name, { signal }))
      for (const { kind, address, transportKey } of invite.hints) {
        const added = kind === 'node' ? await nodes.addNode({ address, transportKey }) : undefined
        // Hints are hints: where nothing can dial one, others may be met.
        if (added?.ok === false && added.error.code !== 'dial/unsupported') unwrap(added)
      }
      return place
    },
    places: () => places,
    drop: async ({ key }) => answerOf(api.dropPlace(key)),
  }
}
