import { type FormEvent, useState } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { codeOf, succeeds } from '../state/trouble.ts'

/**
 * A name of one's own for somebody or something, while it is typed and saved. That it is too long stands at its field; anything else is told as trouble.
 * @param save rejects with `petname/too-long`, or with what the node meets
 */
export const useNaming = (first: string, save: (typed: string) => Promise<void>) => {
  const t = useMessages()
  const [typed, setTyped] = useState(first)
  const [isTooLong, setIsTooLong] = useState(false)
  /** `false`: there was trouble, and it was told. */
  const submit = (event: FormEvent): Promise<boolean> => {
    event.preventDefault()
    setIsTooLong(false)
    return succeeds(t, async () => {
      try {
        await save(typed)
      } catch (error) {
        if (codeOf(error) !== 'petname/too-long') throw error
        setIsTooLong(true)
      }
    })
  }
  return { typed, setTyped, isTooLong, submit }
}
