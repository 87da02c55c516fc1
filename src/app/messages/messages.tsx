import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { useSettings } from '../state/settings.ts'
import { english } from './en.ts'
import { type Format, formatFor } from './format.ts'

/** Every text of the app. English is the measure: another language has exactly these messages, or it does not compile. */
export type Messages = ReturnType<typeof english>

/** What a screen needs to speak: the messages, and how this language writes numbers and dates. */
export interface Speech {
  readonly t: Messages
  readonly format: Format
  readonly language: Language
}

export const languages = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
} as const satisfies Record<string, { readonly name: string; readonly direction: 'ltr' | 'rtl' }>
export type Language = keyof typeof languages

const isLanguage = (text: string): text is Language => Object.hasOwn(languages, text)
const load: Record<Language, (format: Format) => Promise<Messages>> = {
  en: async (format) => english(format),
  de: async (format) => (await import('./de.ts')).german(format),
}

/** The chosen language, else the first of the browser's that we speak, else English. */
const languageFor = (chosen: string): Language => {
  const wanted = [chosen, ...navigator.languages.map((tag) => tag.split('-', 1)[0] ?? '')]
  return wanted.find(isLanguage) ?? 'en'
}
/** The browser's own variant of the language, for its dates and numbers (en-GB, de-CH). */
const localeFor = (language: Language): string =>
  navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language

export const speak = async (chosen: string): Promise<Speech> => {
  const language = languageFor(chosen)
  const format = formatFor(localeFor(language))
  return { t: await load[language](format), format, language }
}

const SpeechContext = createContext<Speech | undefined>(undefined)

export const useSpeech = (): Speech => {
  const speech = use(SpeechContext)
  if (speech === undefined) throw new Error('useSpeech outside of SpeechProvider')
  return speech
}
export const useMessages = (): Messages => useSpeech().t

/** Holds the language of the settings and changes it without a reload; until a new one is there, the old one stays. */
export const SpeechProvider = ({ first, children }: { readonly first: Speech; readonly children: ReactNode }) => {
  const chosen = useSettings((settings) => settings.language)
  const [speech, setSpeech] = useState(first)
  useEffect(() => {
    let isCurrent = true
    const change = async (): Promise<void> => {
      const next = await speak(chosen)
      if (isCurrent) setSpeech((now) => (now.language === next.language ? now : next))
    }
    void change()
    return () => {
      isCurrent = false
    }
  }, [chosen])
  useEffect(() => {
    document.documentElement.lang = speech.language
    document.documentElement.dir = languages[speech.language].direction
  }, [speech])
  return <SpeechContext value={speech}>{children}</SpeechContext>
}
