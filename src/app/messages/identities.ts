import { useMemo } from 'react'
import type { Identity } from '../state/identities.ts'
import { identities as german } from './de/identities.ts'
import { identities as english } from './en/identities.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type IdentityMessages = ReturnType<typeof english>

/** Both languages come with what is shown of several identities: who has one does not carry them. */
const languages: Readonly<Record<Language, (format: Format) => IdentityMessages>> = { en: english, de: german }

/** The words of several identities side by side, in the language of the app. */
export const useIdentityWords = (): IdentityMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}

/** What an identity is called where it is shown: by its colour, until its person said something else. */
export const nameOfIdentity = ({ called, tone }: Identity, { tones }: IdentityMessages): string =>
  called ?? tones[tone] ?? ''
