import type { DeviceMessages } from '../../messages/devices.ts'
import type { Messages } from '../../messages/messages.tsx'
import { codeOf, sentenceFor } from '../../state/trouble.ts'

/** Why a device was not taken out, or words did not do, in plain words. */
export const failureWords = (error: unknown, say: DeviceMessages, t: Messages): string => {
  const code = codeOf(error)
  return (Object.hasOwn(say.trouble, code) ? say.trouble[code] : undefined) ?? sentenceFor(error, t)
}
