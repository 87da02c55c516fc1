import { useMemo } from 'react'
import { groupNodes as german } from './de/group-nodes.ts'
import { groupNodes as english } from './en/group-nodes.ts'
import { type Language, useSpeech } from './messages.tsx'

export type GroupNodeMessages = typeof english

/** Both languages come with the screen of a group's people. */
const languages: Readonly<Record<Language, GroupNodeMessages>> = { en: english, de: german }

/** The words of the nodes that keep a group, in the language of the app. */
export const useGroupNodeWords = (): GroupNodeMessages => {
  const { language } = useSpeech()
  return useMemo(() => languages[language], [language])
}
