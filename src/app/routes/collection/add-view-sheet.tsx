import { useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Choices, Select, TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { Collection, CollectionView } from '../../data/collection.ts'
import { viewSchema } from '../../data/system-schemas.ts'
import { writeViewConfig } from '../../data/view-config.ts'
import { titleField } from '../../data/collection.ts'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './collection.module.css'
import { shownFields } from './list-options.ts'

const kinds = ['cards', 'table', 'board', 'checklist'] as const

/** One more way to look at a collection, for everybody who has it. */
export const AddViewSheet = ({
  collection,
  onClose,
}: {
  readonly collection: Collection
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const say = t.collection.view
  const node = useNode()
  const missing = kinds.find((kind) => !collection.views.some((view) => view.kind === kind)) ?? 'table'
  const [kind, setKind] = useState<CollectionView['kind']>(missing)
  const [name, setName] = useState<string>()
  const choices = shownFields(collection).filter((field) => field.kind === 'choice')
  const ticks = shownFields(collection).filter((field) => field.kind === 'yesNo')
  const [group, setGroup] = useState(choices[0]?.name)
  const [tick, setTick] = useState(ticks[0]?.name)
  const trouble =
    kind === 'board' && choices.length === 0
      ? say.noChoice
      : kind === 'checklist' && ticks.length === 0
        ? say.noTick
        : undefined
  const named = name?.trim() || say.kindName(kind)

  const make = async (): Promise<void> => {
    if (trouble !== undefined) return
    const fields = shownFields(collection)
    const title = titleField(collection)?.name
    const cover = fields.find((field) => field.kind === 'photo')?.name
    const config = writeViewConfig({
      order: Math.max(-1, ...collection.views.map(({ order }) => order)) + 1,
      layout: {
        ...(title === undefined ? {} : { title }),
        ...(cover === undefined ? {} : { cover }),
        ...(kind === 'board' && group !== undefined ? { group } : {}),
        ...(kind === 'checklist' && tick !== undefined ? { tick } : {}),
      },
    })
    const id = await attempt(t, () =>
      node.create(
        viewSchema,
        { collection: collection.id, name: named, kind, config },
        collection.group === undefined ? {} : { group: collection.group },
      ),
    )
    if (id === undefined) return
    toast(say.made(named))
    onClose()
    go(path.view(collection, id))
  }
  return (
    <Sheet
      title={say.title}
      onClose={onClose}
      actions={
        <Button tone="primary" aria-disabled={trouble !== undefined} onClick={() => void make()}>
          {say.make}
        </Button>
      }
    >
      <Choices
        label={say.kind}
        value={kind}
        options={kinds.map((value) => ({ value, label: say.kindName(value) }))}
        onChange={setKind}
      />
      <p className={css.quiet}>{trouble ?? say.kindText[kind]}</p>
      {kind === 'board' && choices.length > 1 && (
        <Select label={say.group} value={group} onChange={(event) => setGroup(event.target.value)}>
          {choices.map((field) => (
            <option key={field.name} value={field.name}>
              {field.label}
            </option>
          ))}
        </Select>
      )}
      {kind === 'checklist' && ticks.length > 1 && (
        <Select label={say.tick} value={tick} onChange={(event) => setTick(event.target.value)}>
          {ticks.map((field) => (
            <option key={field.name} value={field.name}>
              {field.label}
            </option>
          ))}
        </Select>
      )}
      <TextField
        label={say.name}
        value={name ?? say.kindName(kind)}
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
      />
    </Sheet>
  )
}
