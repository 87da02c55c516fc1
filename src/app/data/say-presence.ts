import { useEffect, useRef } from 'react'
import type { PresenceState } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import { useDoing } from '../state/doing.ts'
import { useSettings } from '../state/settings.ts'
import type { Shared } from './use-sync.tsx'

/** Says in everything that is shared that this device is there, and what is open on it; nothing where its person does not want that. */
export const useSayPresence = (shared: readonly Shared[]): void => {
  const node = useNode()
  const doing = useDoing((state) => state.doing)
  const isShown = useSettings((settings) => settings.presence)
  const said = useRef(new Map<string, string>())
  useEffect(() => {
    const stateIn = ({ collection }: Shared): PresenceState => {
      const { document, schemaId, field } = doing
      const isHere = collection?.versions.some(({ id }) => id === schemaId)
      if (document === undefined || isHere !== true) return { state: 'here' }
      const place = { document: document as NonNullable<PresenceState['document']> }
      return field === undefined ? { state: 'looking', ...place } : { state: 'changing', ...place, field }
    }
    for (const one of shared) {
      const { schemaId } = one.scope
      const next = isShown ? stateIn(one) : undefined
      const text = JSON.stringify(next ?? null)
      if ((said.current.get(schemaId) ?? 'null') === text) continue
      said.current.set(schemaId, text)
      // Where it cannot be said, others do not know it: nothing else depends on it.
      node.sync.sayPresence(schemaId, next).catch(() => undefined)
    }
  }, [node, shared, doing, isShown])
}
