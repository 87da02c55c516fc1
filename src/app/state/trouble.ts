import { create } from 'zustand'
import { P2pandaError } from '../../sdk/index.ts'
import type { Messages } from '../messages/messages.tsx'
import { toast } from './toasts.ts'

/** What keeps this device from writing; reading and exporting go on. Found out by trying. */
export const useDevice = create<{ readonly isFull: boolean; readonly isKeyGone: boolean }>()(() => ({
  isFull: false,
  isKeyGone: false,
}))

export const codeOf = (error: unknown): string =>
  error instanceof P2pandaError ? error.failure.code : error instanceof Error ? error.name : 'unknown'

/** One sentence for people: what happened and what to do. */
export const sentenceFor = (error: unknown, t: Messages): string => {
  const code = codeOf(error)
  const sentences: Readonly<Record<string, string>> = t.trouble.sentences
  return (Object.hasOwn(sentences, code) ? sentences[code] : undefined) ?? t.trouble.other
}

/** Does some work that may fail for reasons of this device; says so in a message that stays, and answers `undefined`. */
export const attempt = async <T>(t: Messages, work: () => Promise<T>): Promise<T | undefined> => {
  try {
    const value = await work()
    if (useDevice.getState().isFull) useDevice.setState({ isFull: false })
    return value
  } catch (error) {
    const code = codeOf(error)
    if (code === 'call/aborted') return undefined
    if (code === 'store/full') useDevice.setState({ isFull: true })
    if (code === 'signer/gone') useDevice.setState({ isKeyGone: true })
    toast(`${sentenceFor(error, t)} (${code})`, { isTrouble: true })
    return undefined
  }
}

/** The same for work whose answer is of no interest: whether it was done. */
export const succeeds = async (t: Messages, work: () => Promise<unknown>): Promise<boolean> =>
  (await attempt(t, async () => {
    await work()
    return true
  })) === true
