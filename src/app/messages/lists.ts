import { useMemo } from 'react'
import { lists as german } from './de/lists.ts'
import { lists as english } from './en/lists.ts'
import { type Language, useSpeech } from './messages.tsx'

export type ListMessages = ReturnType<typeof english>

/** Both languages come with the lists of groups: who has none does not carry them. */
const languages: Readonly<Record<Language, () => ListMessages>> = { en: english, de: german }

/** The words of the lists of groups, in the language of the app. */
export const useListWords = (): ListMessages => {
  const { language } = useSpeech()
  return useMemo(() => languages[language](), [language])
}
