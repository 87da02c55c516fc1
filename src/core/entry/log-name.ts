import type { LogKey } from './entry.ts'

/** A log as text, for maps: `<public key>/<log id>`. */
export const logName = ({ publicKey, logId }: LogKey): string => `${publicKey}/${logId}`
