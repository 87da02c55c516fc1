import { useMemo } from 'react'
import { invites as german } from './de/invites.ts'
import { invites as english } from './en/invites.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type InviteMessages = ReturnType<typeof english>

/** Both languages come with the screens, as those of groups do. */
const languages: Readonly<Record<Language, (format: Format) => InviteMessages>> = { en: english, de: german }

/** The words of invites, for those who make them and those who come by them, in the language of the app. */
export const useInviteWords = (): InviteMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}
