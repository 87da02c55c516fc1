import { ShieldAlert } from 'lucide-react'
import type { RefusedEntry } from '../../../sdk/index.ts'
import { Row } from '../../components/rows.tsx'
import { Tile } from '../../components/tile.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './sync.module.css'

const shown = 12

/** Entries that a node refused, in its own words. @param title of each */
export const RefusedRows = ({
  refused,
  title,
}: {
  readonly refused: readonly RefusedEntry[]
  readonly title: string
}) => {
  const { outgoing, sync } = useMessages()
  return (
    <>
      <ul aria-label={outgoing.refused(refused.length)}>
        {refused.slice(0, shown).map(({ id, documentId, said }) => (
          <Row
            key={id}
            {...(documentId === undefined ? {} : { href: path.thing(documentId) })}
            picture={
              <Tile>
                <ShieldAlert size={24} aria-hidden />
              </Tile>
            }
            title={title}
          >
            {`“${said}”`}
          </Row>
        ))}
      </ul>
      {refused.length > shown && <p className={css.more}>{sync.andMore(refused.length - shown, false)}</p>}
    </>
  )
}
