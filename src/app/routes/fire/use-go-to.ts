import { useCallback, useLayoutEffect, useState } from 'react'
import type { DocumentId } from '../../../sdk/index.ts'

/** Where on the page a message is. */
export const messageId = (message: DocumentId): string => `said-${message}`

/** Brings a message into sight as soon as it is drawn. @param onLeave whoever follows the end of the talk does so no more */
export const useGoTo = (onLeave: () => void): ((message: DocumentId, movesFocus?: boolean) => void) => {
  const [wanted, setWanted] = useState<{ readonly message: DocumentId; readonly movesFocus: boolean }>()
  useLayoutEffect(() => {
    if (wanted === undefined) return
    const element = document.getElementById(messageId(wanted.message))
    onLeave()
    element?.scrollIntoView({ block: 'center' })
    if (wanted.movesFocus) element?.focus({ preventScroll: true })
  }, [wanted, onLeave])
  return useCallback((message, movesFocus = true) => setWanted({ message, movesFocus }), [])
}
