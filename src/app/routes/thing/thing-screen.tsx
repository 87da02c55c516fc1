import { ChevronLeft, ChevronRight, SquareTerminal, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useParams, useSearch } from 'wouter'
import type { Change, DocumentView } from '../../../sdk/index.ts'
import { useDocument, useHistory, useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink, IconButton } from '../../components/button.tsx'
import { Menu } from '../../components/menu.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import { type Collection, titleOf } from '../../data/collection.ts'
import { ListRightsProvider, useListRights } from '../../data/list-rights.tsx'
import { bringBack, removeWithUndo } from '../../data/removal.ts'
import { useCollectionOf, useCollections } from '../../data/use-collections.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { useTrail } from '../../state/list-state.ts'
import { attempt } from '../../state/trouble.ts'
import { AsItIs } from './as-it-is.tsx'
import { AsItWas } from './as-it-was.tsx'
import { HistoryList } from './history-list.tsx'
import { LinkedFrom } from './linked-from.tsx'
import css from './thing.module.css'
import { ThingFrame, ThingName } from './thing-frame.tsx'

/** How long a thing may take to come before it counts as not here: what was just made is stored a moment before it can be read. */
const patienceMs = 700

/** One thing: as it is, or as it was (`?at=`), with its history beside it. */
export const ThingScreen = () => {
  const { doc = '' } = useParams()
  const { status, document } = useDocument(doc)
  const { changes } = useHistory(doc)
  const collections = useCollections()
  const collection = useCollectionOf(document)
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  if (document === undefined) return isLate && status !== 'loading' ? <Missing /> : null
  if (collection === undefined) return collections.status === 'loading' ? null : <Unreadable document={document} />
  return (
    <ListRightsProvider of={collection}>
      <Thing document={document} changes={changes} collection={collection} />
    </ListRightsProvider>
  )
}

const Missing = () => {
  const t = useMessages()
  return (
    <Screen title={t.thing.missing} back={path.collections()} width="narrow">
      <Empty title={t.thing.missing} action={<ButtonLink href={path.collections()}>{t.shell.collections}</ButtonLink>}>
        {t.thing.missingText}
      </Empty>
    </Screen>
  )
}

const Unreadable = ({ document }: { readonly document: DocumentView }) => {
  const t = useMessages()
  return (
    <Screen title={t.thing.unnamed('')} back={path.collections()} width="narrow">
      <Empty
        title={t.thing.notReadable}
        action={<ButtonLink href={path.hood('doc', document.id)}>{t.thing.history.operations}</ButtonLink>}
      />
    </Screen>
  )
}

/** The things before and after this one in the list it was opened from. */
const useNeighbours = (id: string): { readonly previous: string | undefined; readonly next: string | undefined } => {
  const ids = useTrail((trail) => trail.ids)
  const at = ids.indexOf(id)
  return at < 0 ? { previous: undefined, next: undefined } : { previous: ids[at - 1], next: ids[at + 1] }
}

const Thing = ({
  document,
  changes,
  collection,
}: {
  readonly document: DocumentView
  readonly changes: readonly Change[]
  readonly collection: Collection
}) => {
  const t = useMessages()
  const say = t.thing
  const node = useNode()
  const at = new URLSearchParams(useSearch()).get('at') ?? undefined
  const may = useListRights()
  const { previous, next } = useNeighbours(document.id)
  const title = titleOf(collection, document)
  const name = title === '' ? say.unnamed(collection.one) : title
  const open = (id: string | undefined): void => {
    if (id !== undefined) go(path.thing({ id, group: collection.group }), { replace: true })
  }
  useKeys({ '[': () => open(previous), ']': () => open(next) })
  // A tip that is looked at as it was is what it is now.
  const isPast = at !== undefined && at !== document.viewId
  const fields = useMemo(() => collection.fields, [collection])

  return (
    <ThingFrame
      name={name}
      collection={collection}
      actions={
        <>
          {(previous !== undefined || next !== undefined) && (
            <span className={css.neighbours}>
              <IconButton label={say.previous} aria-disabled={previous === undefined} onClick={() => open(previous)}>
                <ChevronLeft className="directional" size={22} aria-hidden />
              </IconButton>
              <IconButton label={say.next} aria-disabled={next === undefined} onClick={() => open(next)}>
                <ChevronRight className="directional" size={22} aria-hidden />
              </IconButton>
            </span>
          )}
          <Menu
            label={say.menu}
            items={[
              {
                label: say.history.operations,
                icon: <SquareTerminal size={20} aria-hidden />,
                onChoose: () => go(path.hood('doc', document.id)),
              },
              ...(document.isDeleted || !may.remove
                ? []
                : [
                    {
                      label: say.remove,
                      icon: <Trash2 size={20} aria-hidden />,
                      isDangerous: true,
                      onChoose: () => {
                        go(path.collection(collection))
                        removeWithUndo(node, document.id, name, t)
                      },
                    },
                  ]),
            ]}
          />
        </>
      }
    >
      <div className={css.thing}>
        <div className={css.main}>
          {document.isDeleted && !isPast ? (
            <Removed document={document} name={name} changes={changes} collection={collection} />
          ) : isPast ? (
            <AsItWas key={at} document={document} at={at} changes={changes} collection={collection} />
          ) : (
            <AsItIs document={document} changes={changes} collection={collection} name={name} />
          )}
          {!document.isDeleted && <LinkedFrom id={document.id} collection={collection} />}
        </div>
        <HistoryList id={document.id} changes={changes} fields={fields} at={isPast ? at : document.viewId} />
      </div>
    </ThingFrame>
  )
}

const Removed = ({
  document,
  name,
  changes,
  collection,
}: {
  readonly document: DocumentView
  readonly name: string
  readonly changes: readonly Change[]
  readonly collection: Collection
}) => {
  const t = useMessages()
  const node = useNode()
  const { add } = useListRights()
  const back = async (): Promise<void> => {
    const last = changes.findLast(({ action }) => action !== 'delete')
    const was = last === undefined ? undefined : await attempt(t, () => node.documentAt(last.viewId))
    const id = await attempt(t, () => bringBack(node, was ?? document))
    if (id !== undefined) go(path.thing({ id, group: collection.group }), { replace: true })
  }
  return (
    <>
      <ThingName>{name}</ThingName>
      <Empty
        title={t.thing.removed}
        action={
          <div className={css.chips}>
            {add && (
              <Button tone="primary" onClick={() => void back()}>
                {t.thing.bringBack}
              </Button>
            )}
            <ButtonLink href={path.collection(collection)}>{t.thing.toCollection(collection.name)}</ButtonLink>
          </div>
        }
      >
        {t.thing.removedText}
      </Empty>
    </>
  )
}
