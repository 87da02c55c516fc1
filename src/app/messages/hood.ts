import { useMemo } from 'react'
import { hood as german } from './de/hood.ts'
import { hood as english } from './en/hood.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type HoodMessages = ReturnType<typeof english>

/** Both languages come with the machinery: who never looks at it does not carry them. */
const languages: Readonly<Record<Language, (format: Format) => HoodMessages>> = { en: english, de: german }

/** The words of what is under the hood, in the language of the app. */
export const useHoodWords = (): HoodMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}
