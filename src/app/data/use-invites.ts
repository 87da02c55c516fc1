import { useMemo } from 'react'
import type { DocumentId, InvitesView, KnocksView, LiveStatus } from '../../sdk/index.ts'
import { useLiveView, useNode } from '../../sdk/react/index.ts'
import type { AskedPlace } from './invites.ts'
import { useAnswer } from './use-answer.ts'

/** The invites of a group that live, the newest first. */
export const useInvites = (group: DocumentId): InvitesView => {
  const node = useNode()
  return useLiveView(useMemo(() => node.invites.of(group), [node, group]))
}

/** Who asks for a place by an invite, with what they call themselves. */
export const useKnocks = (group: DocumentId): KnocksView => {
  const node = useNode()
  return useLiveView(useMemo(() => node.invites.knocks(group), [node, group]))
}

/** The places that this device asks for, with the links that lead back to them. */
export const useAskedPlaces = (): Pick<LiveStatus, 'status'> & { readonly asked: readonly AskedPlace[] } => {
  const node = useNode()
  const { status, places } = useLiveView(node.invites.places())
  const { value: texts } = useAnswer(
    async () =>
      new Map(await Promise.all(places.map(async ({ key, link }) => [key, await node.invites.write(link)] as const))),
    [node, places],
  )
  return useMemo(() => {
    const asked = places.flatMap((place): readonly AskedPlace[] => {
      const text = texts?.get(place.key)
      return text === undefined ? [] : [{ place, text }]
    })
    return { status: status === 'ready' && asked.length < places.length ? 'loading' : status, asked }
  }, [status, places, texts])
}
