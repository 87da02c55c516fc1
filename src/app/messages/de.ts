import type { Format } from './format.ts'
import type { Messages } from './messages.tsx'
import { english } from './en.ts'

/** Die ganze App auf Deutsch. */
export const german = (format: Format): Messages => ({ ...english(format) })
