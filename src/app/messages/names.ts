import { useMemo } from 'react'
import { names as german } from './de/names.ts'
import { names as english } from './en/names.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type NameMessages = ReturnType<typeof english>

/** Both languages come with the screens on which people and devices are called something. */
const languages: Readonly<Record<Language, (format: Format) => NameMessages>> = { en: english, de: german }

/** The words of names that people give themselves and their devices, in the language of the app. */
export const useNameWords = (): NameMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}
