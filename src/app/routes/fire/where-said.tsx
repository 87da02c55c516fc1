import { Check, Clock } from 'lucide-react'
import type { Where } from '../../data/where-said.ts'
import { useMessages } from '../../messages/messages.tsx'
import css from './fire.module.css'

/** Where one's own message is, in words. */
export const WhereSaid = ({ where: { isOnlyHere, devices, nodes } }: { readonly where: Where }) => {
  const { thing } = useMessages().sync
  return (
    <p className={css.where}>
      {isOnlyHere ? <Clock size={15} aria-hidden /> : <Check size={15} aria-hidden />}
      {isOnlyHere ? thing.waiting : thing.with(devices, nodes)}
    </p>
  )
}
