import { LockOpen } from 'lucide-react'
import { useGroupWords } from '../../messages/groups.ts'
import css from './groups.module.css'

/** Says plainly that a group is signed and not encrypted, wherever somebody might think otherwise. */
export const NotSealed = () => {
  const { sealed } = useGroupWords()
  return (
    <p className={css.sealed}>
      <LockOpen size={22} aria-hidden />
      <span>
        <strong>{sealed.title}</strong>
        {sealed.text}
      </span>
    </p>
  )
}
