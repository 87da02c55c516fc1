import { createContext, use, useMemo, type ReactNode } from 'react'
import type { DocumentView, LiveStatus } from '../../sdk/index.ts'
import { useQuery, useSchemas } from '../../sdk/react/index.ts'
import { type Collection, readCollection } from './collection.ts'
import { useLeaving } from './removal.ts'
import { collectionSchema, viewSchema } from './system-schemas.ts'

/** Every collection of this device, and how far reading them has come. */
export type Collections = LiveStatus & { readonly collections: readonly Collection[] }

const CollectionsContext = createContext<Collections | undefined>(undefined)

const everything = { orderBy: ['CREATED_AT'], first: 1_000 } as const

/** Reads the collections once for the whole app: the sidebar, home and every screen look at the same list. */
export const CollectionsProvider = ({ children }: { readonly children: ReactNode }) => {
  const documents = useQuery(collectionSchema, everything)
  const views = useQuery(viewSchema, everything)
  const schemas = useSchemas()
  const leaving = useLeaving((state) => state.ids)
  const value = useMemo((): Collections => {
    const collections = documents.documents
      .filter(({ id }) => !leaving.has(id))
      .map((document) => readCollection(document, views.documents, schemas.schemas))
    const failed = [documents, views, schemas].find(({ status }) => status === 'failed')
    if (failed?.error !== undefined) return { status: 'failed', error: failed.error, collections }
    const isLoading = [documents, views, schemas].some(({ status }) => status === 'loading')
    // Half of what a collection is made of would look like a collection without fields or views.
    return isLoading ? { status: 'loading', collections: [] } : { status: 'ready', collections }
  }, [documents, views, schemas, leaving])
  return <CollectionsContext value={value}>{children}</CollectionsContext>
}

export const useCollections = (): Collections => {
  const collections = use(CollectionsContext)
  if (collections === undefined) throw new Error('useCollections outside of CollectionsProvider')
  return collections
}

/** `undefined` while loading, or where there is none of this id; `useCollections().status` tells which. */
export const useCollection = (id: string): Collection | undefined =>
  useCollections().collections.find((collection) => collection.id === id)

/** The collection a thing is in: of its schema, in any version, and of the same group. */
export const useCollectionOf = (thing: Pick<DocumentView, 'schemaId' | 'group'> | undefined): Collection | undefined =>
  useCollections().collections.find(
    ({ versions, group }) => group === thing?.group && versions.some(({ id }) => id === thing?.schemaId),
  )
