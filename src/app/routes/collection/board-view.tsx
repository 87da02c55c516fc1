import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { classNames } from '../../components/class-names.ts'
import { editThing } from '../../data/edit-thing.ts'
import { useListRights } from '../../data/list-rights.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { BoardColumn, type Column } from './board-column.tsx'
import css from './board.module.css'
import { groupField, type Looking } from './looking.ts'
import { MoveSheet } from './move-sheet.tsx'
import { useThingName } from './thing-title.tsx'

/** Things as cards in columns, one per option of a choice. Cards are dragged, moved by a menu, or by the key M. */
export const BoardView = ({ looking }: { readonly looking: Looking }) => {
  const { t, format } = useSpeech()
  const say = t.collection.board
  const node = useNode()
  const { collection, view } = looking
  const name = useThingName(collection)
  const group = groupField(collection, view)!
  const { change } = useListRights()
  const [moving, setMoving] = useState<DocumentView>()
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({})
  const [inSight, setInSight] = useState(group.options[0]?.value ?? '')
  const strip = useRef<HTMLDivElement>(null)
  const known = useRef(new Map<string, DocumentView>())

  const options: readonly Column[] = group.options
  // Things that say none of the options have a column of their own, where there are any.
  const columns: readonly Column[] = [
    ...((counts[''] ?? 0) > 0 || counts[''] === undefined
      ? [{ value: '', label: say.none(group.label), tone: 'plain' as const }]
      : []),
    ...options,
  ]

  const move = async (document: DocumentView, to: Column): Promise<void> => {
    setMoving(undefined)
    const isStored = await editThing(node, document, { [group.name]: to.value }, t, say.moved(name(document), to.label))
    if (isStored) refocus(document.id)
  }
  const drop = useEffectEvent((thing: unknown, value: unknown) => {
    const document = known.current.get(String(thing))
    const to = columns.find((column) => column.value === value)
    if (document !== undefined && to !== undefined) void move(document, to)
  })
  useEffect(
    () =>
      monitorForElements({
        onDrop: ({ source, location }) => drop(source.data['thing'], location.current.dropTargets[0]?.data['column']),
      }),
    [],
  )
  useKeys({
    m: () => {
      const id = document.activeElement?.closest<HTMLElement>('[data-thing]')?.dataset['thing']
      const found = id === undefined ? undefined : known.current.get(id)
      if (found !== undefined && change) setMoving(found)
    },
  })

  const goTo = (value: string): void =>
    strip.current
      ?.querySelector(`[data-column="${CSS.escape(value)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'start' })
  return (
    <>
      <div className={css.columns} role="group" aria-label={say.columns}>
        {columns.map(({ value, label, tone }) => (
          <button
            key={value}
            type="button"
            className={css.columnChip}
            aria-pressed={value === inSight}
            hidden={value === '' && (counts[''] ?? 0) === 0}
            onClick={() => goTo(value)}
          >
            <span className={classNames(css.dot, css[tone])} />
            <bdi>{label}</bdi>
            <small>{format.number(counts[value] ?? 0)}</small>
          </button>
        ))}
      </div>
      <div
        ref={strip}
        className={css.strip}
        onScroll={() => {
          const box = strip.current?.getBoundingClientRect()
          const first = [...(strip.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])].find((column) => {
            const { left, right } = column.getBoundingClientRect()
            return box !== undefined && (left + right) / 2 > box.left && (left + right) / 2 < box.right
          })
          if (first !== undefined) setInSight(first.dataset['column'] ?? '')
        }}
      >
        {columns.map((column) => (
          <BoardColumn
            key={column.value}
            looking={looking}
            group={group}
            column={column}
            onRows={(documents) => {
              for (const document of documents) known.current.set(document.id, document)
            }}
            onCount={(count) =>
              setCounts((now) => (now[column.value] === count ? now : { ...now, [column.value]: count }))
            }
            onMove={setMoving}
          />
        ))}
      </div>
      {moving !== undefined && (
        <MoveSheet
          name={name(moving)}
          columns={options}
          current={String(moving.fields[group.name] ?? '')}
          onChoose={(column) => void move(moving, column)}
          onClose={() => setMoving(undefined)}
        />
      )}
    </>
  )
}

/** Gives the focus back to a card that stands in another column now, as soon as it stands there. */
const refocus = (id: string): void => {
  let tries = 30
  const look = (): void => {
    const card = document.querySelector<HTMLElement>(`[data-thing="${CSS.escape(id)}"] a`)
    tries -= 1
    if (card !== null && document.activeElement === document.body) card.focus()
    else if (tries > 0 && document.activeElement === document.body) setTimeout(look, 30)
  }
  setTimeout(look, 30)
}
