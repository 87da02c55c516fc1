import { useMemo } from 'react'
import { devices as german } from './de/devices.ts'
import { devices as english } from './en/devices.ts'
import type { Format } from './format.ts'
import { type Language, useSpeech } from './messages.tsx'

export type DeviceMessages = ReturnType<typeof english>

/** Both languages come with the screens of one's devices: what is read before going there does not carry them. */
const languages: Readonly<Record<Language, (format: Format) => DeviceMessages>> = { en: english, de: german }

/** The words of everything about one's own devices, in the language of the app. */
export const useDeviceWords = (): DeviceMessages => {
  const { language, format } = useSpeech()
  return useMemo(() => languages[language](format), [language, format])
}
