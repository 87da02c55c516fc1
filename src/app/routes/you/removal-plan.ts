import type { RemovalPlan } from '../../../sdk/index.ts'
import type { DeviceMessages } from '../../messages/devices.ts'

/** When a device was last in somebody's hands: milliseconds since the Unix epoch, or what is wrong with what was typed. */
export type Theft = { readonly since: number } | { readonly error: 'sinceMissing' | 'sinceAhead' }

/** Reads the value of a `datetime-local` field, which is in the time of this device. */
export const readTheft = (typed: string, now: number): Theft => {
  const since = new Date(typed).getTime()
  if (Number.isNaN(since)) return { error: 'sinceMissing' }
  return since > now ? { error: 'sinceAhead' } : { since }
}

/** A moment as a `datetime-local` field has it: this device's time, to the minute. */
export const theftField = (time: number): string => {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** The first digits of a key, by which a person tells one device from another. */
export const keyDigits = (publicKey: string): string => publicKey.slice(0, 6)

/** What a removal does, one sentence each; whether it is final is said apart. */
export const removalPoints = (
  { keptLogs, leftOut, letIn }: RemovalPlan,
  isStolen: boolean,
  say: DeviceMessages['removal'],
): readonly string[] => [
  say.kept(keptLogs),
  ...(isStolen ? [say.leftOut(leftOut)] : []),
  ...letIn.map(({ publicKey, stays }) => (stays ? say.stays : say.leaves)(keyDigits(publicKey))),
  ...(letIn.length === 0 ? [say.nobody] : []),
  say.hasIt,
]
