import { RotateCcw } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { useNode, useQuery, useSchemas } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { Row } from '../../components/rows.tsx'
import { Empty, Heading, Screen } from '../../components/screen.tsx'
import { WhoseList } from '../../components/whose-list.tsx'
import { type Collection, readCollection, titleOf } from '../../data/collection.ts'
import { ListRightsProvider, useListRights } from '../../data/list-rights.tsx'
import { bringBack, bringCollectionBack, readBroughtBack, useBroughtBack } from '../../data/removal.ts'
import { collectionSchema, viewSchema } from '../../data/system-schemas.ts'
import { useCollections } from '../../data/use-collections.tsx'
import { useLives } from '../../data/use-lives.ts'
import { ofGroup } from '../../data/use-things.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { useNow } from '../../state/now.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'

const newestRemoved = { meta: { deleted: { eq: true } }, orderBy: ['-CHANGED_AT'], first: 100 } as const

/** What was removed, and the way to have it again. */
export const Removed = () => {
  const { t } = useSpeech()
  const say = t.you.removed
  const node = useNode()
  const all = useCollections().collections
  const collections = useMemo(() => all.filter(({ schema }) => schema !== undefined), [all])
  const pages = useLives(
    useMemo(
      () =>
        collections.map(({ schema, group }) =>
          node.query(schema!.id, {
            ...newestRemoved,
            meta: { ...newestRemoved.meta, ...ofGroup(group).meta },
          }),
        ),
      [node, collections],
    ),
  )
  const back = useBroughtBack((state) => state.ids)
  useEffect(() => void attempt(t, () => readBroughtBack(node)), [node, t])
  const things = pages.map(({ documents }) => documents.filter(({ id }) => !back.includes(id)))
  const removedCollections = useRemovedCollections()
  const isEmpty = removedCollections.length === 0 && things.every((documents) => documents.length === 0)
  return (
    <Screen title={say.title} subtitle={isEmpty ? undefined : say.text} back={path.collections()} width="narrow">
      {isEmpty && <Empty title={say.empty} />}
      {removedCollections.length > 0 && (
        <section>
          <Heading>{say.collections}</Heading>
          <ul>
            {removedCollections.map(({ document, collection }) => (
              <ListRightsProvider key={document.id} of={collection}>
                <RemovedRow
                  needs="keep"
                  document={document}
                  collection={collection}
                  title={collection.name}
                  onBack={() => bringCollectionBack(node, document, collection)}
                />
              </ListRightsProvider>
            ))}
          </ul>
        </section>
      )}
      {collections.map((collection, at) => {
        const documents = things[at] ?? []
        return (
          documents.length > 0 && (
            <ListRightsProvider key={collection.id} of={collection}>
              <section>
                <Heading>
                  <bdi>{collection.name}</bdi>
                </Heading>
                <WhoseList of={collection} />
                <ul>
                  {documents.map((document) => (
                    <RemovedRow
                      key={document.id}
                      needs="add"
                      document={document}
                      collection={collection}
                      title={titleOf(collection, document)}
                      onBack={() => bringBack(node, document)}
                    />
                  ))}
                </ul>
              </section>
            </ListRightsProvider>
          )
        )
      })}
    </Screen>
  )
}

/** Removed collections whose things nobody took up again. */
const useRemovedCollections = (): readonly { readonly document: DocumentView; readonly collection: Collection }[] => {
  const { documents } = useQuery(collectionSchema, newestRemoved)
  const views = useQuery(viewSchema, { first: 1_000 })
  const { schemas } = useSchemas()
  const { collections } = useCollections()
  return useMemo(
    () =>
      documents
        .map((document) => ({ document, collection: readCollection(document, views.documents, schemas) }))
        .filter(
          ({ collection }) =>
            collection.schema !== undefined && !collections.some(({ schema }) => schema?.id === collection.schema?.id),
        ),
    [documents, views, schemas, collections],
  )
}

const RemovedRow = ({
  needs,
  document,
  collection,
  title,
  onBack,
}: {
  /** What one must be allowed in its list to bring it back. */
  readonly needs: 'add' | 'keep'
  readonly document: DocumentView
  readonly collection: Collection
  readonly title: string
  readonly onBack: () => Promise<unknown>
}) => {
  const { t, format } = useSpeech()
  const mayBack = useListRights()[needs]
  const say = t.you.removed
  const now = useNow()
  const name = title === '' ? t.you.changes.untitled(collection.one) : title
  const bring = async (): Promise<void> => {
    const isBack = await attempt(t, async () => {
      await onBack()
      return true
    })
    if (isBack === true) toast(say.back(name))
  }
  return (
    <Row
      picture={<CollectionTile icon={collection.icon} />}
      title={name}
      edge={
        mayBack && (
          <Button
            aria-label={`${say.bringBack}: ${name}`}
            icon={<RotateCcw size={18} aria-hidden />}
            onClick={() => void bring()}
          >
            {say.bringBack}
          </Button>
        )
      }
    >
      {say.when(format.when(document.changedAt, now))}
    </Row>
  )
}
