import { useState } from 'react'
import type { KnownSchema } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { Collection } from '../../data/collection.ts'
import { copyCollection } from '../../data/copy-collection.ts'
import { type ListedGroup, useGroups } from '../../data/use-groups.ts'
import { useListWords } from '../../messages/lists.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path, useGo } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './collection.module.css'

/** Chooses the group that gets a copy of a list: one in which its person may make lists. */
export const CopySheet = ({
  collection,
  schema,
  onClose,
}: {
  readonly collection: Collection
  readonly schema: KnownSchema
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const say = useListWords().copy
  const node = useNode()
  const go = useGo()
  const { status, groups } = useGroups()
  const [isCopying, setIsCopying] = useState(false)
  const own = groups.filter((group) => group.own?.isMember === true && group.own.role === 'keeper')

  const copy = async ({ id: group, card }: ListedGroup): Promise<void> => {
    if (isCopying) return
    setIsCopying(true)
    const copied = await attempt(t, () => copyCollection(node, { ...collection, schema }, group))
    setIsCopying(false)
    if (copied === undefined) return
    toast(say.done(t.shell.things(copied.things), card.name))
    onClose()
    go(path.collection({ id: copied.id, group }))
  }
  return (
    <Sheet title={say.title(collection.name)} onClose={onClose}>
      <p className={css.quiet}>{say.text}</p>
      {status === 'ready' && own.length === 0 && <p role="status">{say.none}</p>}
      {own.map((group) => (
        <Button key={group.id} isWide aria-disabled={isCopying} onClick={() => void copy(group)}>
          <bdi>{group.card.name}</bdi>
        </Button>
      ))}
    </Sheet>
  )
}
