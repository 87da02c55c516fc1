import { useMemo } from 'react'
import { groups as german } from './de/groups.ts'
import { groups as english } from './en/groups.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type GroupMessages = ReturnType<typeof english>

/** Both languages come with the screens of groups: what one reads before going there does not carry them. */
const languages: Readonly<Record<Language, (format: Format) => GroupMessages>> = { en: english, de: german }

/** The words of everything about groups, in the language of the app. */
export const useGroupWords = (): GroupMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}
