import { linking as german } from './de/linking.ts'
import { linking as english } from './en/linking.ts'
import { type Language, useSpeech } from './messages.tsx'

export type LinkingMessages = ReturnType<typeof english>

/** Both languages come with the screen: what is read before going there does not carry them. */
const languages: Readonly<Record<Language, LinkingMessages>> = { en: english(), de: german() }

/** The words of linking a device, in the language of the app. */
export const useLinkingWords = (): LinkingMessages => languages[useSpeech().language]
