import { useState } from 'react'
import { useParams } from 'wouter'
import { useNode } from '../../../sdk/react/index.ts'
import { FieldList } from '../../builder/field-list.tsx'
import { WordsCard } from '../../builder/words-card.tsx'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { WhoseList } from '../../components/whose-list.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import type { Collection } from '../../data/collection.ts'
import { ListRightsProvider, useListRights } from '../../data/list-rights.tsx'
import { useCollection, useCollections } from '../../data/use-collections.tsx'
import { useThings } from '../../data/use-things.ts'
import { changeFields, effectsOf } from '../../data/write-collection.ts'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './fields.module.css'
import { useLeaveGuard } from './use-leave-guard.tsx'

/** Changes the fields of a collection that is there, and says before what that does. */
export const Fields = () => {
  const t = useMessages()
  const { col = '' } = useParams()
  const { status } = useCollections()
  const collection = useCollection(col)
  if (collection !== undefined)
    return (
      <ListRightsProvider of={collection}>
        <Builder collection={collection} />
      </ListRightsProvider>
    )
  return (
    <Screen title={t.collections.builder.title} back={path.collections()}>
      {status !== 'loading' && <Empty title={t.shell.notFound.title} />}
    </Screen>
  )
}

const Builder = ({ collection }: { readonly collection: Collection }) => {
  const t = useMessages()
  const say = t.collections.builder
  const node = useNode()
  const { totalCount } = useThings(collection)
  const { name, one, many, icon, fields } = collection
  const [draft, setDraft] = useState({ name, one, many, icon, fields })
  const { keep } = useListRights()
  const [isSaving, setIsSaving] = useState(false)
  const change = (part: Partial<typeof draft>): void => setDraft((now) => ({ ...now, ...part }))

  const isRenamed = draft.name !== name || draft.one !== one || draft.many !== many || draft.icon !== icon
  const changes = effectsOf(fields, draft.fields)
  const effects = changes.length === 0 && isRenamed ? [{ kind: 'words' } as const] : changes
  const isUnchanged = effects.length === 0
  const guard = useLeaveGuard(!isUnchanged && !isSaving)

  const save = async (): Promise<void> => {
    if (isUnchanged || isSaving || !keep || draft.name.trim() === '') return
    setIsSaving(true)
    const isSaved = await attempt(t, async () => {
      await changeFields(node, collection, { ...draft, name: draft.name.trim() })
      return true
    })
    setIsSaving(false)
    if (isSaved !== true) return
    toast(say.saved)
    guard.letGo()
    go(path.collection(collection))
  }
  return (
    <Screen title={say.about(name)} back={path.collection(collection)} width="narrow">
      <WhoseList of={collection} />
      <TextField
        label={say.name}
        value={draft.name}
        maxLength={80}
        onChange={(event) => change({ name: event.target.value })}
      />
      <WordsCard words={draft} onChange={change} />
      <FieldList fields={draft.fields} saved={fields} onChange={(next) => change({ fields: next })} />
      {!isUnchanged && (
        <section className={css.effect} aria-live="polite">
          <h2>{say.effect}</h2>
          <ul>
            {effects.map((effect) => (
              <li key={effect.kind === 'words' ? 'words' : effect.field.name}>
                {say.effects(effect, totalCount ?? 0)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Button
        tone="primary"
        isLarge
        isWide
        aria-disabled={isUnchanged || isSaving || !keep}
        onClick={() => void save()}
      >
        {isSaving ? say.saving : isUnchanged ? say.unchanged : say.save}
      </Button>
      {guard.sheet}
    </Screen>
  )
}
