import { Users } from 'lucide-react'
import type { DocumentId } from '../../sdk/index.ts'
import { useListRights } from '../data/list-rights.tsx'
import { useGroupCard } from '../data/use-group-card.ts'
import { useListWords } from '../messages/lists.ts'
import { path } from '../paths.ts'
import { Heading } from './screen.tsx'
import css from './in-group.module.css'

const useName = (id: DocumentId): string => {
  const say = useListWords()
  return useGroupCard(id)?.name ?? say.notHere
}

/** The name of a group over some of its lists; a heading where nothing says how it looks. */
export const GroupName = ({ id, className }: { readonly id: DocumentId; readonly className: string | undefined }) => {
  const name = <bdi>{useName(id)}</bdi>
  return className === undefined ? <Heading>{name}</Heading> : <p className={className}>{name}</p>
}

/** Which group a list is of, and why one may not do everything in it. */
export const InGroup = ({ id }: { readonly id: DocumentId }) => {
  const say = useListWords()
  const name = useName(id)
  const { why } = useListRights()
  return (
    <div className={css.line}>
      <a className={css.group} href={path.collections(id)}>
        <Users size={18} aria-hidden />
        <bdi>{name}</bdi>
      </a>
      <span role="status">{why !== undefined && say.may[why]}</span>
    </div>
  )
}
