import { ArrowDownToLine } from 'lucide-react'
import type { DocumentId } from '../../../sdk/index.ts'
import { Button } from '../../components/button.tsx'
import type { TalkRow } from '../../data/talk-rows.ts'
import type { Where } from '../../data/where-said.ts'
import { useFireWords } from '../../messages/fire.ts'
import css from './fire.module.css'
import { type Around, Message } from './message.tsx'

/** What was said, the oldest first, with the marks between. What comes is read out when there is a pause. */
export const TalkLog = ({
  rows,
  around,
  where,
  isEmpty,
  onEarlier,
}: {
  readonly rows: readonly TalkRow[]
  readonly around: Around
  readonly where: ReadonlyMap<DocumentId, Where>
  /** Nothing was said here so far. */
  readonly isEmpty: boolean
  /** There is more further up. */
  readonly onEarlier: (() => void) | undefined
}) => {
  const say = useFireWords()
  return (
    <div className={css.talk}>
      {onEarlier !== undefined && (
        <div className={css.earlier}>
          <Button tone="plain" onClick={onEarlier}>
            {say.earlier}
          </Button>
        </div>
      )}
      {isEmpty && (
        <div className={css.empty}>
          <p className={css.emptyTitle}>{say.alone}</p>
          <p>{say.aloneText}</p>
        </div>
      )}
      <div role="log" aria-label={say.talk}>
        <ol>
          {rows.map((row) => (
            <Row key={keyOf(row)} row={row} around={around} where={where} />
          ))}
        </ol>
      </div>
    </div>
  )
}

const keyOf = (row: TalkRow): string => {
  if (row.kind === 'new') return 'new'
  return row.kind === 'late' ? `late ${row.publicKey}` : row.message.id
}

const Row = ({
  row,
  around,
  where,
}: {
  readonly row: TalkRow
  readonly around: Around
  readonly where: ReadonlyMap<DocumentId, Where>
}) => {
  const say = useFireWords()
  switch (row.kind) {
    case 'new':
      return (
        <li className={css.new}>
          <span>{say.new}</span>
        </li>
      )
    case 'late':
      return (
        <li className={css.late}>
          <ArrowDownToLine size={17} aria-hidden />
          <span>{say.late(around.talkers.nameOf(row.publicKey), row.count)}</span>
        </li>
      )
    default:
      return (
        <Message message={row.message} isGoingOn={row.isGoingOn} around={around} where={where.get(row.message.id)} />
      )
  }
}
