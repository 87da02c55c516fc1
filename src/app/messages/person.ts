import { useMemo } from 'react'
import { person as german } from './de/person.ts'
import { person as english } from './en/person.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type PersonMessages = ReturnType<typeof english>

/** Both languages come with the screens about oneself: what is read before going there does not carry them. */
const languages: Readonly<Record<Language, (format: Format) => PersonMessages>> = { en: english, de: german }

/** The words of everything about who one is, in the language of the app. */
export const usePersonWords = (): PersonMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}
