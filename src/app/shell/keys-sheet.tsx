import { Sheet } from '../components/sheet.tsx'
import { useMessages } from '../messages/messages.tsx'
import css from './keys-sheet.module.css'

/** The list of keys, behind `?`. */
export const KeysSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const { keys } = useMessages().shell
  const rows = [
    [['g', 'h'], keys.home],
    [['g', 'c'], keys.collections],
    [['/'], keys.search],
    [['n'], keys.create],
    [['e'], keys.edit],
    [['[', ']'], keys.next],
    [['m'], keys.move],
    [['?'], keys.list],
  ] as const
  return (
    <Sheet title={keys.title} onClose={onClose}>
      <dl className={css.keys}>
        {rows.map(([names, text]) => (
          <div key={text} style={{ display: 'contents' }}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
