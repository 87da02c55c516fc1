import type { Present } from '../data/use-present.ts'
import { useMessages } from '../messages/messages.tsx'
import { Panda } from '../panda/panda.tsx'
import css from './faces.module.css'

const shown = 4

/** Small faces of those who are here, and how many. Nothing where nobody is. */
export const Faces = ({ present }: { readonly present: readonly Present[] }) => {
  const { here } = useMessages()
  if (present.length === 0) return null
  return (
    <span className={css.faces}>
      {present.slice(0, shown).map(({ publicKey }) => (
        <span key={publicKey} className={css.face}>
          <Panda of={publicKey} size={22} />
        </span>
      ))}
      <span className={css.words}>{here.count(present.length)}</span>
    </span>
  )
}
