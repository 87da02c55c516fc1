import { classNames } from '../../components/class-names.ts'
import tones from '../../components/tones.module.css'
import type { GroupCard } from '../../data/group-card.ts'
import css from './groups.module.css'

/** The letter of a group on its colour. Stands beside the name, so nobody has to know it. */
export const GroupBadge = ({ card }: { readonly card: GroupCard }) => (
  <span className={classNames(css.badge, tones[card.tone])} aria-hidden>
    {card.letter}
  </span>
)
