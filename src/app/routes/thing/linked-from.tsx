import type { DocumentId } from '../../../sdk/index.ts'
import { useQuery } from '../../../sdk/react/index.ts'
import { Heading } from '../../components/screen.tsx'
import type { Collection } from '../../data/collection.ts'
import type { Field } from '../../data/field-kind.ts'
import { useCollections } from '../../data/use-collections.tsx'
import { isStoredIn } from '../../fields/stored-names.ts'
import { LinkChip } from '../../fields/link-chip.tsx'
import { useMessages } from '../../messages/messages.tsx'
import css from './thing.module.css'

/** The things that link to this one, by the field that does. */
export const LinkedFrom = ({ id, collection }: { readonly id: DocumentId; readonly collection: Collection }) => {
  const own = new Set<string>(collection.versions.map((version) => version.id))
  const leading = useCollections().collections.flatMap((other) =>
    other.fields
      .filter(
        (field) =>
          (field.kind === 'link' || field.kind === 'links') &&
          other.schema !== undefined &&
          isStoredIn(field, other.schema) &&
          own.has(field.target ?? ''),
      )
      .map((field) => ({ other, field })),
  )
  return leading.map(({ other, field }) => (
    <FromField key={`${other.id} ${field.name}`} id={id} collection={other} field={field} />
  ))
}

const FromField = ({
  id,
  collection,
  field,
}: {
  readonly id: DocumentId
  readonly collection: Collection
  readonly field: Field
}) => {
  const t = useMessages()
  const { documents } = useQuery(collection.schema!.id, {
    where: { [field.name]: { in: [id] } },
    orderBy: ['-CHANGED_AT'],
    first: 50,
  })
  if (documents.length === 0) return null
  return (
    <section>
      <Heading>
        {t.thing.linkedFrom} <bdi>{collection.name}</bdi> · <bdi>{field.label}</bdi>
      </Heading>
      <ul className={css.chips}>
        {documents.map((document) => (
          <li key={document.id}>
            <LinkChip link={document.id} />
          </li>
        ))}
      </ul>
    </section>
  )
}
