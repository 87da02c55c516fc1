import { Fragment } from 'react'
import type { Collection } from '../data/collection.ts'
import { CollectionRow } from './collection-row.tsx'
import { byGroup, Whose } from './group-lists.tsx'

/** Collections as rows: one's own, then those of each group under its name. */
export const CollectionGroups = ({ collections }: { readonly collections: readonly Collection[] }) =>
  byGroup(collections).map(([group, own]) => (
    <Fragment key={group ?? ''}>
      <Whose group={group} />
      <ul>
        {own.map((collection) => (
          <CollectionRow key={collection.id} collection={collection} />
        ))}
      </ul>
    </Fragment>
  ))
