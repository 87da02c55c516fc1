import type { Refusal } from '../../sdk/index.ts'
import type { GroupMessages } from '../messages/groups.ts'

/** A refusal as a sentence. `isOwn`: of what this device wants to do; else of what somebody did. */
export const whyNot = ({ reason }: Refusal, say: GroupMessages, isOwn: boolean): string => {
  const words = say.why[reason]
  return typeof words === 'string' ? words : words(isOwn)
}
