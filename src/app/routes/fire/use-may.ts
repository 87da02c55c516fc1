import type { Refusal } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { useAnswer } from '../../data/use-answer.ts'
import { messageSchema } from '../../data/system-schemas.ts'
import type { ListedGroup } from '../../data/use-groups.ts'

/** What one may do at the fire of a group; `undefined` until that is known. */
export const useMay = (
  group: ListedGroup,
):
  | {
      /** Why one may not say anything. */
      readonly refusal: Refusal | undefined
      /** Whether one may take away what others said. */
      readonly mayRemove: boolean
    }
  | undefined => {
  const node = useNode()
  return useAnswer(async () => {
    const target = { group: group.id, schema: messageSchema }
    const [refusal, refusedToRemove] = await Promise.all([node.canI('create', target), node.canI('delete', target)])
    return { refusal, mayRemove: refusedToRemove === undefined }
  }, [node, group.id, group.summary]).value
}
