import type { ReactNode } from 'react'
import type { GroupCard } from '../../data/group-card.ts'
import { GroupBadge } from '../groups/group-badge.tsx'
import css from './join.module.css'

/** A group as a card shows it: its badge and name, and what there is to say. */
export const InviteCard = ({
  card,
  label,
  children,
}: {
  readonly card: GroupCard
  readonly label: string
  readonly children: ReactNode
}) => (
  <section className={css.card} aria-label={label}>
    <div className={css.group}>
      <GroupBadge card={card} />
      <bdi className={css.name}>{card.name || label}</bdi>
    </div>
    {children}
  </section>
)
