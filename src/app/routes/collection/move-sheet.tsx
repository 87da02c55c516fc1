import { Check } from 'lucide-react'
import { classNames } from '../../components/class-names.ts'
import { Sheet } from '../../components/sheet.tsx'
import { useMessages } from '../../messages/messages.tsx'
import type { Column } from './board-column.tsx'
import css from './board.module.css'

/** Where to move a card: the twin of dragging it. */
export const MoveSheet = ({
  name,
  columns,
  current,
  onChoose,
  onClose,
}: {
  readonly name: string
  readonly columns: readonly Column[]
  readonly current: string
  readonly onChoose: (column: Column) => void
  readonly onClose: () => void
}) => {
  const t = useMessages()
  return (
    <Sheet title={t.collection.board.move(name)} onClose={onClose}>
      <ul className={css.moves}>
        {columns.map((column) => (
          <li key={column.value}>
            <button
              type="button"
              className={css.moveTo}
              aria-current={column.value === current ? 'true' : undefined}
              onClick={() => onChoose(column)}
            >
              <span className={classNames(css.dot, css[column.tone])} />
              <bdi>{column.label}</bdi>
              {column.value === current && <Check size={20} aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
