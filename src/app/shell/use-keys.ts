import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { useSettings } from '../state/settings.ts'

/** The single keys of the app. A screen that is mounted says what its own do; the innermost one wins. */
export type Key = '/' | 'n' | 'e' | 'm' | '[' | ']' | '?' | 'g h' | 'g c'
type Handlers = Partial<Readonly<Record<Key, () => void>>>

const useHandlers = create<{ readonly stack: readonly { readonly current: Handlers }[] }>()(() => ({ stack: [] }))

/** Says what single keys do while this component is mounted. */
export const useKeys = (handlers: Handlers): void => {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    useHandlers.setState(({ stack }) => ({ stack: [...stack, latest] }))
    return () => useHandlers.setState(({ stack }) => ({ stack: stack.filter((entry) => entry !== latest) }))
  }, [])
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))

/** Listens for them all; once, in the shell. Off inside inputs and open dialogs, and where settings say so. */
export const useKeyListener = (): void => {
  const isOn = useSettings((settings) => settings.keys)
  useEffect(() => {
    if (!isOn) return
    let afterG = 0
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return
      if (document.querySelector('dialog:modal, [popover]:popover-open:not([popover=manual])') !== null) return
      if (event.key === 'g') {
        afterG = event.timeStamp
        return
      }
      const key = afterG > 0 && event.timeStamp - afterG < 1_500 ? `g ${event.key}` : event.key
      afterG = 0
      const handler = useHandlers
        .getState()
        .stack.map(({ current }) => (Object.hasOwn(current, key) ? current[key as Key] : undefined))
        .findLast((candidate) => candidate !== undefined)
      if (handler === undefined) return
      event.preventDefault()
      handler()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOn])
}
