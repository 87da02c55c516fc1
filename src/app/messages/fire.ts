import { useMemo } from 'react'
import { fire as german } from './de/fire.ts'
import { fire as english } from './en/fire.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type FireMessages = ReturnType<typeof english>

/** Both languages come with the screen, as those of groups do. */
const languages: Readonly<Record<Language, (format: Format) => FireMessages>> = { en: english, de: german }

/** The words of the campfire, in the language of the app. */
export const useFireWords = (): FireMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}
